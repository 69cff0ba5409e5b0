using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Crm.Kernel.Data;

/// <summary>Sets every SQLite connection up. FULL: an acknowledged save survives a power cut. No mmap: it counts once per connection.</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    /// <summary>What each connection keeps of the file.</summary>
    public const int CacheKilobytes = 8_000;

    public const string Sql =
        "PRAGMA journal_mode=WAL; PRAGMA busy_timeout=10000; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000; PRAGMA mmap_size=0; PRAGMA foreign_keys=ON;";

    // A pooled connection keeps what it was told: each is told once, not at every query that opens it again.
    private static readonly ConditionalWeakTable<object, object> _told = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (IsTold(connection))
            return;
        using var command = connection.CreateCommand();
        command.CommandText = Sql;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (IsTold(connection))
            return;
        await using var command = connection.CreateCommand();
        command.CommandText = Sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Lets an open connection keep more of the file, or less.</summary>
    public static async Task CacheAsync(DbConnection connection, int kilobytes, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA cache_size=-{kilobytes}";
        await command.ExecuteNonQueryAsync(ct);
    }

    private static bool IsTold(DbConnection connection) =>
        ((SqliteConnection)connection).Handle is { } handle && !_told.TryAdd(handle, handle);
}
