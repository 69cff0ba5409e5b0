using Crm.Abstractions.Security;
using Crm.Kernel.Audit;
using Crm.Kernel.Jobs;
using Crm.Kernel.Security;
using Crm.Kernel.Settings;
using Crm.Kernel.Tests.Api;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Records;

/// <summary>Names stand in the order of the site's language, also after that was changed.</summary>
public abstract class SortTitlesTests(CrmHost host)
{
    [Fact]
    public async Task A_new_language_sorts_what_is_there_anew_and_makes_no_history()
    {
        using var api = await host.ApiAsync(await new People(host).UserAsync("sorter", ReadyRoles.Sales));
        await LanguageAsync("en-GB");
        var ids = new List<string>();
        foreach (var name in new[] { "Zeta", "Öberg", "Oslo", "Ångström", "Adams" })
            ids.Add((await api.MadeAsync("organizations", new { name })).Id());
        Assert.Equal(["Adams", "Ångström", "Öberg", "Oslo", "Zeta"], (await api.GotAsync("/api/v1/organizations?sort=title")).Titles());

        await LanguageAsync("sv-SE");

        Assert.Equal(["Adams", "Oslo", "Zeta", "Ångström", "Öberg"], (await api.GotAsync("/api/v1/organizations?sort=title")).Titles());
        Assert.Equal(1, (await api.GotAsync("/api/v1/organizations/" + ids[0]))["version"]!.GetValue<int>());
        await host.InAsync(async db =>
        {
            var id = Guid.Parse(ids[0]);
            Assert.Equal(1, await db.Set<AuditChange>().Where(c => c.RecordId == id).Select(c => c.ActId).Distinct().CountAsync());
        });
        Assert.Equal("in order", await SortAsync());
    }

    [Fact]
    public async Task The_sweep_makes_the_keys_that_a_save_makes_of_long_names_and_erased_records_too()
    {
        using var api = await host.ApiAsync(await new People(host).AdministratorAsync());
        await LanguageAsync("en-GB");
        var name = string.Concat(Enumerable.Repeat("采购订单", 60));
        var (organization, person) = (await api.MadeAsync("organizations", new { name }), await api.MadeAsync("people", new { lastName = "Swept" }));
        await api.SendAsync(HttpMethod.Post, $"/api/v1/people/{person.Id()}/erase", new { name = "Swept", reason = "letter" });
        var before = await KeysAsync(organization.Id(), person.Id());
        await LanguageAsync("sv-SE");
        await LanguageAsync("en-GB");
        Assert.Equal(before, await KeysAsync(organization.Id(), person.Id()));
    }

    private async Task<List<string>> KeysAsync(params string[] ids)
    {
        var wanted = ids.Select(Guid.Parse).ToList();
        List<string> keys = [];
        await host.InAsync(async db => keys = (await db.Records.AsNoTracking().Where(r => wanted.Contains(r.Id)).OrderBy(r => r.Id).ToListAsync()).ConvertAll(r => Convert.ToHexString(r.SortKey.Bytes)));
        return keys;
    }

    private async Task LanguageAsync(string language)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        await scope.ServiceProvider.GetRequiredService<ChangeSite>().RunAsync(host.Services.GetRequiredService<SiteSettings>().Now with { Language = language }, default);
        await SortAsync();
    }

    private async Task<string> SortAsync()
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        return (await scope.ServiceProvider.GetRequiredService<AskJob>().CompleteAsync("core.sort-titles", default)).Result;
    }
}

/// <summary>On SQLite.</summary>
public sealed class SortTitlesOnSqlite(SqliteHost host) : SortTitlesTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class SortTitlesOnPostgres(PostgresHost host) : SortTitlesTests(host), IClassFixture<PostgresHost>;
