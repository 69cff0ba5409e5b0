using Crm.Kernel.Commands;
using Crm.Kernel.Data;

namespace Crm.Kernel.Backup;

/// <summary>A backup as it was given, copied into the data directory, where it is read and checked.</summary>
internal sealed class BackupFile : IDisposable
{
    private BackupFile(string path) => FilePath = path;

    public string FilePath { get; }

    public static async Task<BackupFile> TakeAsync(CommandRun run, DatabaseOptions database, CancellationToken ct)
    {
        var copy = new BackupFile(Path.Combine(database.Directory, $"taken-{Guid.CreateVersion7():N}.tmp"));
        try
        {
            await using var file = new FileStream(copy.FilePath, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true);
            await using var input = run.OpenInput("file");
            await input.CopyToAsync(file, ct);
            file.Flush(flushToDisk: true);
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    public Task<bool> IsArchiveAsync(CancellationToken ct) => PostgresArchive.IsOneAsync(FilePath, ct);

    /// <summary>What is wrong with it; nothing where it is whole.</summary>
    public async Task<List<string>> CheckAsync(CancellationToken ct) =>
        await IsArchiveAsync(ct) ? await PostgresArchive.CheckAsync(FilePath, ct) : await Integrity.CheckFileAsync(FilePath, ct);

    public void Dispose() => File.Delete(FilePath);
}
