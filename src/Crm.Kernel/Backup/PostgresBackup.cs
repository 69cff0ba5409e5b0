using System.Data;
using System.IO.Compression;
using System.Text.Json;
using Npgsql;

namespace Crm.Kernel.Backup;

/// <summary>Copies everything out of PostgreSQL into one archive, in one snapshot: readers and writers go on, and no program of the server's is needed.</summary>
internal static class PostgresBackup
{
    public static async Task WriteAsync(string connectionString, Stream to, TimeProvider clock, Func<string, Task> tell, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        await using (var readOnly = new NpgsqlCommand("SET TRANSACTION READ ONLY", connection))
            await readOnly.ExecuteNonQueryAsync(ct);
        var steps = (await PostgresTables.PairsAsync(connection, "SELECT module, step FROM core_migration", ct)).ConvertAll(s => $"{s.One}/{s.Other}");
        await using var archive = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        var tables = new List<ManifestTable>();
        foreach (var (name, columns) in await PostgresTables.ReadAsync(connection, ct))
        {
            await tell(name);
            tables.Add(await TableAsync(connection, archive, name, columns, ct));
        }

        await using var manifest = await archive.CreateEntry(Manifest.Piece).OpenAsync(ct);
        await JsonSerializer.SerializeAsync(manifest, new Manifest(Manifest.Current, clock.GetUtcNow(), steps, tables), JsonSerializerOptions.Web, ct);
    }

    private static async Task<ManifestTable> TableAsync(NpgsqlConnection connection, ZipArchive archive, string name, List<string> columns, CancellationToken ct)
    {
        var rows = await PostgresTables.NumberAsync(connection, $"SELECT count(*) FROM \"{name}\"", ct);
        var table = new ManifestTable(name, columns, rows, "");
        await using var piece = await archive.CreateEntry(table.Piece, CompressionLevel.Fastest).OpenAsync(ct);
        await using var hashing = new HashingStream(piece);
        await using (var copy = await connection.BeginRawBinaryCopyAsync($"{PostgresTables.Copy(name, columns)} TO STDOUT (FORMAT BINARY)", ct))
            await copy.CopyToAsync(hashing, ct);
        return table with { Hash = hashing.Hash() };
    }
}
