using System.IO.Compression;
using Crm.Kernel.Commands;
using Crm.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Crm.Kernel.Backup;

/// <summary>Fills a PostgreSQL database from a backup in one transaction: it is there whole, or what was there before is. What was there is kept aside as a schema of its own until the restored one has opened.</summary>
internal sealed class RestorePostgres(IDbContextFactory<KernelDb> databases, MigrationRunner migrations)
{
    private const string Aside = "crm_before_restore";

    public async Task RunAsync(string path, bool isForced, Func<string, Task> tell, CancellationToken ct)
    {
        await using var archive = await ZipFile.OpenReadAsync(path, ct);
        var manifest = (await PostgresArchive.ManifestAsync(archive, ct))!;
        var steps = KnownSteps.Of(migrations, manifest.Steps);
        NpgsqlConnection.ClearAllPools();
        await using (var db = await databases.CreateDbContextAsync(ct))
        {
            await db.Database.OpenConnectionAsync(ct);
            var connection = (NpgsqlConnection)db.Database.GetDbConnection();
            await EnsureFreeAsync(connection, isForced, ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await db.Database.ExecuteSqlRawAsync($"DROP SCHEMA IF EXISTS {Aside} CASCADE; ALTER SCHEMA public RENAME TO {Aside}; CREATE SCHEMA public", ct);
            await migrations.ApplyAsync(db, steps, ct);
            foreach (var table in manifest.Tables)
            {
                await tell(table.Name);
                await FillAsync(connection, archive, table, ct);
            }

            await transaction.CommitAsync(ct);
        }

        NpgsqlConnection.ClearAllPools();
        await migrations.ApplyAsync(ct);
        await using var opened = await databases.CreateDbContextAsync(ct);
        await opened.Database.ExecuteSqlRawAsync($"DROP SCHEMA IF EXISTS {Aside} CASCADE", ct);
    }

    private static async Task EnsureFreeAsync(NpgsqlConnection connection, bool isForced, CancellationToken ct)
    {
        const string Others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'";
        if (await PostgresTables.NumberAsync(connection, Others, ct) > 0)
            throw new CommandFailure("Others are connected to the database: stop every server that uses it first.");
        const string Used = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename = 'core_user'";
        if (!isForced && await PostgresTables.NumberAsync(connection, Used, ct) > 0 && await PostgresTables.NumberAsync(connection, "SELECT count(*) FROM core_user", ct) > 0)
            throw new CommandFailure(RestoreText.InUse);
    }

    private static async Task FillAsync(NpgsqlConnection connection, ZipArchive archive, ManifestTable table, CancellationToken ct)
    {
        await using (var piece = await archive.GetEntry(table.Piece)!.OpenAsync(ct))
        await using (var copy = await connection.BeginRawBinaryCopyAsync($"{PostgresTables.Copy(table.Name, table.Columns)} FROM STDIN (FORMAT BINARY)", ct))
            await piece.CopyToAsync(copy, ct);
        if (await PostgresTables.NumberAsync(connection, $"SELECT count(*) FROM \"{table.Name}\"", ct) != table.Rows)
            throw new CommandFailure($"The table {table.Name} did not come back whole: nothing was changed.");
    }
}
