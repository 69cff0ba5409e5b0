using System.Buffers;
using System.Security.Cryptography;
using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Crm.Files.Files;

/// <summary>Takes bytes in and hangs them on a record: spooled, hashed and sniffed first, then written chunk by chunk; the same bytes are kept once.</summary>
internal sealed class AddFile(CrmDb db, IConfiguration configuration)
{
    /// <summary>The greatest size of a file, in bytes.</summary>
    public long MaxLength { get; } = configuration.GetValue("Files:MaxMegabytes", 100L) * 1024 * 1024;

    /// <summary>Adds the file and saves. The caller has checked that the record may be written to.</summary>
    /// <exception cref="RuleViolation">The file is empty or too large.</exception>
    public async Task<StoredFile> RunAsync(Guid about, string name, Stream bytes, CancellationToken ct)
    {
        await using var taken = await TakeAsync(name, bytes, ct);
        await StoreAsync(taken, ct);
        return await HangAsync(about, taken, ct);
    }

    /// <summary>Takes the bytes in; nothing is kept yet.</summary>
    /// <exception cref="RuleViolation">The file is empty or too large.</exception>
    public async Task<TakenFile> TakeAsync(string name, Stream bytes, CancellationToken ct)
    {
        var spool = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 81920,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            var (hash, start) = await SpoolAsync(bytes, spool, ct);
            var clean = StoredFile.CleanName(name);
            return new TakenFile(spool, hash, clean, ContentSniffer.TypeOf(start, clean));
        }
        catch
        {
            await spool.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes the bytes, where no file has the same.</summary>
    public async Task StoreAsync(TakenFile taken, CancellationToken ct)
    {
        if (await FindAsync(taken.Hash, ct) is null)
            taken.Written = await WriteAsync(taken.Spool, taken.Hash, ct);
    }

    /// <summary>Hangs what was stored on a record, and saves.</summary>
    public async Task<StoredFile> HangAsync(Guid about, TakenFile taken, CancellationToken ct)
    {
        var file = new StoredFile(about) { Name = taken.Name, Length = taken.Spool.Length, MediaType = taken.MediaType };
        // The content of another file may have gone with it meanwhile.
        while (!await TakeAsync(file, taken.Hash, taken.Written, ct))
            taken.Written = await WriteAsync(taken.Spool, taken.Hash, ct);
        return file;
    }

    private async Task<(byte[] Hash, byte[] Start)> SpoolAsync(Stream bytes, Stream spool, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(FileChunk.Size);
        try
        {
            var start = Array.Empty<byte>();
            for (int read; (read = await bytes.ReadAsync(buffer, ct)) > 0;)
            {
                if (spool.Length + read > MaxLength)
                    throw new RuleViolation("file", "The file is larger than {0} MB.", MaxLength / 1024 / 1024);
                hash.AppendData(buffer, 0, read);
                if (start.Length < 4096)
                    start = [.. start, .. buffer.AsSpan(0, Math.Min(read, 4096 - start.Length))];
                await spool.WriteAsync(buffer.AsMemory(0, read), ct);
            }

            if (spool.Length == 0)
                throw new RuleViolation("file", "The file is empty.");
            return (hash.GetHashAndReset(), start);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<Guid> WriteAsync(Stream spool, byte[] hash, CancellationToken ct)
    {
        var content = new FileContent { Hash = hash, Length = spool.Length };
        db.Add(content);
        await db.SaveChangesAsync(ct);
        spool.Position = 0;
        var buffer = new byte[FileChunk.Size];
        for (var position = 0; ; position++)
        {
            var read = await spool.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
            if (read == 0)
                return content.Id;
            var chunk = new FileChunk { ContentId = content.Id, Position = position, Bytes = buffer[..read] };
            db.Add(chunk);
            await db.SaveChangesAsync(ct);
            db.Entry(chunk).State = EntityState.Detached;
        }
    }

    // A content becomes whole in the unit that makes its first file, so that one without any file is nobody's and may go.
    // Two uploads of the same bytes may end at once: the first to finish is kept, the other's chunks wait for the clean-up.
    private async Task<bool> TakeAsync(StoredFile file, byte[] hash, Guid? written, CancellationToken ct)
    {
        var isTaken = false;
        await db.WriteAsync(
            async inner =>
            {
                isTaken = false;
                if (await FindAsync(hash, inner) is { } kept)
                    file.ContentId = kept;
                else if (written is { } id && await db.Set<FileContent>().FindAsync([id], inner) is { } content)
                    (content.IsWhole, file.ContentId) = (true, id);
                else
                    return;
                db.Add(file);
                isTaken = true;
            },
            ct);
        return isTaken;
    }

    private async Task<Guid?> FindAsync(byte[] hash, CancellationToken ct) =>
        await db.Set<FileContent>().Where(c => c.Hash == hash && c.IsWhole).Select(c => (Guid?)c.Id).FirstOrDefaultAsync(ct);
}
