using System.Data.Common;
using System.Globalization;
using Crm.Kernel.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Commands;

/// <summary>Whether a database is whole in itself.</summary>
internal static class Integrity
{
    public static async Task<List<string>> CheckAsync(KernelDb db, CancellationToken ct)
    {
        // PostgreSQL holds its foreign keys and pages by itself.
        if (!db.IsSqlite)
            return [];
        await db.Database.OpenConnectionAsync(ct);
        return await CheckAsync(db.Database.GetDbConnection(), ct);
    }

    public static async Task<List<string>> CheckFileAsync(string path, CancellationToken ct)
    {
        try
        {
            var at = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
            await using var connection = new SqliteConnection(at.ConnectionString);
            await connection.OpenAsync(ct);
            var faults = await CheckAsync(connection, ct);
            if ((await RowsAsync(connection, "SELECT count(*) FROM sqlite_master WHERE name = 'core_migration'", ct))[0] == "0")
                faults.Add("This is no backup of a CRM server.");
            return faults;
        }
        catch (SqliteException failure)
        {
            return [$"The file can't be read: {failure.Message}"];
        }
    }

    private static async Task<List<string>> CheckAsync(DbConnection connection, CancellationToken ct)
    {
        var faults = (await RowsAsync(connection, "PRAGMA integrity_check", ct)).Where(r => r != "ok").ToList();
        faults.AddRange((await RowsAsync(connection, "PRAGMA foreign_key_check", ct)).Select(r => $"A row points to one that isn't there: {r}"));
        return faults;
    }

    private static async Task<List<string>> RowsAsync(DbConnection connection, string sql, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<string>();
        while (await reader.ReadAsync(ct))
            rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        return rows;
    }
}
