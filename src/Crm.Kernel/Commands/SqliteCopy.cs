using Microsoft.Data.Sqlite;

namespace Crm.Kernel.Commands;

/// <summary>Copies a live SQLite database into one file, by its online backup: readers and writers go on.</summary>
internal static class SqliteCopy
{
    public static async Task MakeAsync(string connectionString, string path, CancellationToken ct)
    {
        await using var source = new SqliteConnection(connectionString);
        await source.OpenAsync(ct);
        await using var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        await target.OpenAsync(ct);
        // The library copies in one go on the calling thread.
        await Task.Run(() => source.BackupDatabase(target), ct);
        await using var command = target.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=DELETE";
        await command.ExecuteNonQueryAsync(ct);
    }
}
