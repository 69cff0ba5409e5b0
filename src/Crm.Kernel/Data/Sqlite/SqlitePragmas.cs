using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Crm.Kernel.Data.Sqlite;

/// <summary>Sets a SQLite connection up, once. FULL: an acknowledged save survives a power cut. No mmap: it counts once per connection.</summary>
internal static class SqlitePragmas
{
    /// <summary>What each connection keeps of the file.</summary>
    public const int CacheKilobytes = 8_000;

    public const string Sql =
        "PRAGMA journal_mode=WAL; PRAGMA busy_timeout=10000; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000; PRAGMA mmap_size=0; PRAGMA foreign_keys=ON;";

    public static void Set(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Sql;
        command.ExecuteNonQuery();
#pragma warning disable CA1308 // Lowering is what it is for: SQLite's own knows ASCII alone.
        connection.CreateFunction("lower", (string? text) => text?.ToLowerInvariant(), isDeterministic: true);
#pragma warning restore CA1308
    }

    /// <summary>Lets an open connection keep more of the file, or less, and the journal grow by about as much before it is worked into the file.</summary>
    public static async Task CacheAsync(DbConnection connection, int kilobytes, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA cache_size=-{kilobytes}; PRAGMA wal_autocheckpoint={Math.Max(1_000, kilobytes / 8)}";
        await command.ExecuteNonQueryAsync(ct);
    }
}
