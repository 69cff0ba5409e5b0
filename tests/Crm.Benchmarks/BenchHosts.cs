using Crm.Testing;

namespace Crm.Benchmarks;

/// <summary>What happens between the end of the measured server and the end of its database.</summary>
internal interface IBenchHost
{
    /// <summary>Told the settings by which another server finds the same data.</summary>
    Func<IReadOnlyDictionary<string, string?>, Task>? Stopped { get; set; }

    /// <summary>The settings by which the server runs.</summary>
    IReadOnlyDictionary<string, string?> Said { get; }
}

/// <summary>The measured server on SQLite.</summary>
internal sealed class SqliteBenchHost : SqliteHost, IBenchHost
{
    public Func<IReadOnlyDictionary<string, string?>, Task>? Stopped { get; set; }

    protected override async Task DropAsync()
    {
        if (Stopped is not null)
            await Stopped(Said);
        await base.DropAsync();
    }
}

/// <summary>The measured server on PostgreSQL.</summary>
internal sealed class PostgresBenchHost : PostgresHost, IBenchHost
{
    public Func<IReadOnlyDictionary<string, string?>, Task>? Stopped { get; set; }

    protected override async Task DropAsync()
    {
        if (Stopped is not null)
            await Stopped(Said);
        await base.DropAsync();
    }
}
