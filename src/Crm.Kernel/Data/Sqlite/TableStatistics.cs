using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Crm.Kernel.Data.Sqlite;

/// <summary>
/// Lets SQLite count how its tables are filled, so that it chooses the right index: at a million records a list takes a third of the time.
/// It counts the tables that never were, or have grown tenfold since. PostgreSQL does that by itself.
/// </summary>
internal sealed class TableStatistics(KernelDb db, WriterGate gate, SqliteLeases leases) : IJob
{
    // 1: say what would be done; 2: count; 0x10000: any table, not only those asked for on this connection.
    private const string Asked = "PRAGMA optimize(0x10003)";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        context.Result = db.IsSqlite ? $"{await RunAsync(cancellationToken)} counted" : "not needed";

    /// <summary>Says how many indexes and tables were counted; none on PostgreSQL.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        if (!db.IsSqlite)
            return 0;
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            var connection = db.Database.GetDbConnection();
            var counted = 0;
            foreach (var table in await TablesAsync(connection, ct))
            {
                foreach (var name in await NamesAsync(connection, table, ct))
                {
                    await CountAsync(connection, name, ct);
                    counted++;
                }
            }

            // An open connection keeps the figures that it has read, and the ways that it chose by them.
            if (counted > 0)
                leases.Clear();
            return counted;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    // One index at a time, so that who saves waits for no more than that. The whole of it: from a part SQLite takes the few kinds of record
    // for many, and walks through all of a kind to find fifty by their keys.
    private async Task CountAsync(DbConnection connection, string name, CancellationToken ct)
    {
        using var pass = await gate.EnterAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA analysis_limit=0; ANALYZE \"{name}\"";
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<List<string>> TablesAsync(DbConnection connection, CancellationToken ct) =>
        [.. (await ReadAsync(connection, Asked, ct)).Where(s => s.StartsWith("ANALYZE", StringComparison.Ordinal)).Select(s => s.Split('"')[^2])];

    // Its indexes; a table without one is counted by itself.
    private static async Task<IReadOnlyList<string>> NamesAsync(DbConnection connection, string table, CancellationToken ct) =>
        await ReadAsync(connection, $"SELECT name FROM pragma_index_list('{table}')", ct) is { Count: > 0 } indexes ? indexes : [table];

    private static async Task<List<string>> ReadAsync(DbConnection connection, string sql, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<string>();
        while (await reader.ReadAsync(ct))
            found.Add(reader.GetString(0));
        return found;
    }
}
