using Crm.Abstractions.Data;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Crm.Kernel.Tests.Records;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Security;

/// <summary>What somebody of few records sees, found from their side: the number may be a minute old, the rows never.</summary>
public abstract class FewVisibleTests(CrmHost host)
{
    [Fact]
    [Trait("F", "15")]
    public async Task A_size_that_was_counted_before_hides_nothing_that_came_after_it()
    {
        var people = new People(host);
        var (me, other) = (await people.UserAsync("few" + Guid.CreateVersion7().ToString("N"), ReadyRoles.Sales), await people.UserAsync("fewer" + Guid.CreateVersion7().ToString("N"), ReadyRoles.Sales));
        var mine = (await host.MakeAsync(me, "people", ("lastName", "First"))).Id;
        Assert.Equal([mine], (await IdsAsync(me, own: true)).Ids);
        Assert.Equal([mine], (await IdsAsync(me, own: false)).Ids);
        var second = (await host.MakeAsync(me, "people", ("lastName", "Second"))).Id;
        var shared = (await host.MakeAsync(other, "people", ("lastName", "Shared"))).Id;
        await host.InAsync(async db =>
        {
            db.Add(new RecordShare { RecordId = shared, PrincipalId = me });
            await db.SaveChangesAsync();
        });
        var (own, all) = (await IdsAsync(me, own: true), await IdsAsync(me, own: false));
        Assert.Equal([mine, second], own.Ids);
        Assert.Equal([mine, second, shared], all.Ids);
        Assert.Equal((1, 1), (own.Count, all.Count));
    }

    [Fact]
    public async Task Who_sees_all_or_more_than_few_is_told_so()
    {
        var people = new People(host);
        var (many, boss) = (await people.UserAsync("many" + Guid.CreateVersion7().ToString("N"), ReadyRoles.Sales), await people.AdministratorAsync());
        for (var i = 0; i < 3; i++)
            await host.MakeAsync(many, "people", ("lastName", $"One of several {i}"));
        Assert.Null(await AskAsync(many, own: true, atMost: 2));
        Assert.Null(await AskAsync(boss, own: false, atMost: 1_000_000));
        Assert.NotNull(await AskAsync(boss, own: true, atMost: 1_000_000));
    }

    [Fact]
    public async Task A_value_that_is_looked_for_in_a_list_is_not_asked_for_null() => await host.InAsync(db =>
    {
        List<Guid> owners = [Guid.CreateVersion7(), Guid.CreateVersion7()];
        var sql = db.Records.Where(r => owners.Contains(r.OwnerId!.Value)).ToQueryString();
        Assert.DoesNotContain("array_position", sql, StringComparison.Ordinal);
        Assert.DoesNotContain(" OR ", sql, StringComparison.Ordinal);
        return Task.CompletedTask;
    });

    private async Task<(List<Guid> Ids, int Count)> IdsAsync(Guid user, bool own)
    {
        List<Guid> ids = [];
        var few = await AskAsync(user, own, 100, async found => ids = await found.Ids.Distinct().OrderBy(i => i).ToListAsync());
        return (ids, few!.Count);
    }

    private async Task<FewIds?> AskAsync(Guid user, bool own, int atMost, Func<FewIds, Task>? read = null)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().UserId = user;
        var few = await scope.ServiceProvider.GetRequiredService<KernelDb>().FewVisibleAsync(["person"], atMost, own, default);
        if (few is not null && read is not null)
            await read(few);
        return few;
    }
}

/// <summary>On SQLite.</summary>
public sealed class FewVisibleOnSqlite(SqliteHost host) : FewVisibleTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class FewVisibleOnPostgres(PostgresHost host) : FewVisibleTests(host), IClassFixture<PostgresHost>;
