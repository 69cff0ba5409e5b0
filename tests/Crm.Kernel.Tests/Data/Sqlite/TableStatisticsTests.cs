using Crm.Abstractions.Security;
using Crm.Kernel.Data.Sqlite;
using Crm.Kernel.Tests.Api;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Data.Sqlite;

/// <summary>The database knows how its tables are filled.</summary>
public sealed class TableStatisticsTests(SqliteHost host) : IClassFixture<SqliteHost>
{
    [Fact]
    public async Task What_was_never_counted_is_counted_once()
    {
        using var api = await host.ApiAsync(await new People(host).UserAsync("counted", ReadyRoles.Sales));
        for (var i = 0; i < 20; i++)
            await api.MadeAsync("organizations", new { name = $"Counted {i}" });

        // The server's own job may have come before, when there was less than a tenth.
        await CountAsync();
        var counted = await StatAsync();

        await api.MadeAsync("organizations", new { name = "One more" });
        await CountAsync();
        Assert.Equal(counted, await StatAsync());
    }

    private async Task<string> StatAsync()
    {
        var stat = "";
        await host.InAsync(async db => stat = await db.Database.SqlQueryRaw<string>("SELECT stat AS Value FROM sqlite_stat1 WHERE idx = 'IX_core_record_kind_match_id'").SingleAsync());
        return stat;
    }

    private async Task<int> CountAsync()
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<TableStatistics>().RunAsync(default);
    }
}
