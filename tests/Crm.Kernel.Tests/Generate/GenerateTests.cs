using Crm.Kernel.Commands;
using Crm.Kernel.Data;
using Crm.Kernel.Generate;
using Crm.Kernel.Search;
using Crm.Kernel.Security;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Generate;

/// <summary>A generated company is one that could have been typed: found, shown, whole.</summary>
public abstract class GenerateTests(CrmHost host)
{
    [Fact]
    public async Task A_generated_company_has_what_was_asked_for_and_is_whole()
    {
        await new People(host).AdministratorAsync();
        var before = await CountAsync();
        await using (var scope = host.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<GenerateCompany>().RunAsync(new Amounts(60, 20, 30, 25, 15), 7, (_, _, _) => Task.CompletedTask, default);
        var after = await CountAsync();
        int Made(string kind) => after.GetValueOrDefault(kind) - before.GetValueOrDefault(kind);
        Assert.Equal((60, 20, 30, 25, 15), (Made("person") + Made("organization"), Made("note"), Made("interaction"), Made("task"), Made("appointment")));
        await using var check = host.Services.CreateAsyncScope();
        check.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        Assert.Empty(await Integrity.CheckAsync(check.ServiceProvider.GetRequiredService<KernelDb>(), default));
        Assert.Empty(await check.ServiceProvider.GetRequiredService<CompareIndex>().RunAsync((_, _) => Task.CompletedTask, default));
    }

    private async Task<Dictionary<string, int>> CountAsync()
    {
        Dictionary<string, int> counts = [];
        await host.InAsync(async db => counts = await db.Records.GroupBy(r => r.Kind).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count));
        return counts;
    }
}

/// <summary>On SQLite.</summary>
public sealed class GenerateOnSqlite(SqliteHost host) : GenerateTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class GenerateOnPostgres(PostgresHost host) : GenerateTests(host), IClassFixture<PostgresHost>;
