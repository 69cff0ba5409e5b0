using Crm.Kernel.Commands;
using Crm.Kernel.Data;
using Crm.Kernel.Data.Sqlite;
using Microsoft.Data.Sqlite;

namespace Crm.Kernel.Backup;

/// <summary>Puts a backup in the place of a SQLite database by one rename: at every moment either the old file or the new one is there, whole. The old one is kept beside it until the new one has opened.</summary>
internal sealed class RestoreSqlite(DatabaseOptions database, MigrationRunner migrations, SqliteLeases leases)
{
    private string Live => Path.GetFullPath(new SqliteConnectionStringBuilder(database.ConnectionString).DataSource);

    private string Aside => Live + ".before-restore";

    /// <param name="path">A checked copy of the backup in the data directory; it is moved.</param>
    /// <param name="reached">Hears of each point, for tests of what a power cut there leaves.</param>
    public async Task RunAsync(string path, bool isForced, CancellationToken ct, Action<string>? reached = null)
    {
        KnownSteps.Of(migrations, await StepsAsync(path, ct));
        if (File.Exists(Live))
        {
            if (!isForced && await IsUsedAsync(ct))
                throw new CommandFailure(RestoreText.InUse);
            await SettleAsync(ct);
            File.Copy(Live, Aside, overwrite: true);
        }

        reached?.Invoke("kept aside");
        Clear();
        EnsureNoJournal();
        File.Move(path, Live, overwrite: true);
        reached?.Invoke("replaced");
        try
        {
            await migrations.ApplyAsync(ct);
        }
        catch (Exception) when (File.Exists(Aside))
        {
            Clear();
            File.Delete(Live + "-wal");
            File.Delete(Live + "-shm");
            File.Move(Aside, Live, overwrite: true);
            throw;
        }

        File.Delete(Aside);
    }

    private static async Task<List<string>> StepsAsync(string path, CancellationToken ct)
    {
        await using var connection = await OpenAsync(path, SqliteOpenMode.ReadOnly, ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT module || '/' || step FROM core_migration";
        await using var reader = await command.ExecuteReaderAsync(ct);
        var steps = new List<string>();
        while (await reader.ReadAsync(ct))
            steps.Add(reader.GetString(0));
        return steps;
    }

    private async Task<bool> IsUsedAsync(CancellationToken ct)
    {
        await using var connection = await OpenAsync(Live, SqliteOpenMode.ReadWrite, ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = 'core_user'";
        if ((long)(await command.ExecuteScalarAsync(ct))! == 0)
            return false;
        command.CommandText = "SELECT count(*) FROM core_user";
        return (long)(await command.ExecuteScalarAsync(ct))! > 0;
    }

    // The old journal must not be taken for the new file's: all that it holds goes into the old file, and it is gone with the last connection.
    private async Task SettleAsync(CancellationToken ct)
    {
        Clear();
        await using var connection = await OpenAsync(Live, SqliteOpenMode.ReadWrite, ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await command.ExecuteNonQueryAsync(ct);
        command.CommandText = "PRAGMA journal_mode=DELETE";
        await command.ExecuteNonQueryAsync(ct);
    }

    private void Clear()
    {
        leases.Clear();
        SqliteConnection.ClearAllPools();
    }

    private void EnsureNoJournal()
    {
        if (File.Exists(Live + "-wal") && new FileInfo(Live + "-wal").Length > 0)
            throw new CommandFailure("Another program has the database open: close it first.");
        File.Delete(Live + "-wal");
        File.Delete(Live + "-shm");
    }

    private static async Task<SqliteConnection> OpenAsync(string path, SqliteOpenMode mode, CancellationToken ct)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        return connection;
    }
}
