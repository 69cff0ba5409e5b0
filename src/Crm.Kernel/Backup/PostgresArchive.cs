using System.IO.Compression;
using System.Text.Json;

namespace Crm.Kernel.Backup;

/// <summary>Reads the archive that a backup of PostgreSQL is.</summary>
internal static class PostgresArchive
{
    /// <summary>Says whether a file begins as such an archive does.</summary>
    public static async Task<bool> IsOneAsync(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        var start = new byte[4];
        return await file.ReadAtLeastAsync(start, 4, throwOnEndOfStream: false, ct) == 4 && start.AsSpan().SequenceEqual("PK\x03\x04"u8);
    }

    /// <summary>Reads every byte; gives what is wrong, nothing where it is whole.</summary>
    public static async Task<List<string>> CheckAsync(string path, CancellationToken ct)
    {
        try
        {
            await using var archive = await ZipFile.OpenReadAsync(path, ct);
            if (await ManifestAsync(archive, ct) is not { } manifest)
                return ["This is no backup of a CRM server."];
            if (manifest.Format != Manifest.Current)
                return ["The backup was made by a later version: use that one."];
            var faults = new List<string>();
            foreach (var table in manifest.Tables)
            {
                if (await HashAsync(archive, table, ct) != table.Hash)
                    faults.Add($"The table {table.Name} is damaged.");
            }

            return faults;
        }
        catch (Exception failure) when (failure is InvalidDataException or JsonException or EndOfStreamException or IOException)
        {
            return [$"The file can't be read: {failure.Message}"];
        }
    }

    public static async Task<Manifest?> ManifestAsync(ZipArchive archive, CancellationToken ct)
    {
        if (archive.GetEntry(Manifest.Piece) is not { } piece)
            return null;
        await using var json = await piece.OpenAsync(ct);
        return await JsonSerializer.DeserializeAsync<Manifest>(json, JsonSerializerOptions.Web, ct) is { Steps: not null, Tables: not null } manifest ? manifest : null;
    }

    private static async Task<string?> HashAsync(ZipArchive archive, ManifestTable table, CancellationToken ct)
    {
        if (archive.GetEntry(table.Piece) is not { } piece)
            return null;
        await using var hashing = new HashingStream(await piece.OpenAsync(ct));
        await hashing.CopyToAsync(Stream.Null, ct);
        return hashing.Hash();
    }
}
