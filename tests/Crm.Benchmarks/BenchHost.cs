using Crm.Testing;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Crm.Benchmarks;

/// <summary>A server in this process, to make the company with. The one that is measured is a process of its own.</summary>
internal sealed class BenchHost(IReadOnlyDictionary<string, string?> place) : CrmHost
{
    protected override Task DatabaseAsync(IDictionary<string, string?> settings)
    {
        foreach (var (name, value) in place)
            settings[name] = value;
        return Task.CompletedTask;
    }

    protected override Task DropAsync()
    {
        SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools();
        return Task.CompletedTask;
    }
}
