using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Crm.Files.Files;

/// <summary>Removes what is left of uploads that never ended, and contents that no file has any more.</summary>
internal sealed class RemoveRemains(CrmDb db, TimeProvider clock) : IJob
{
    private const int Chunks = 8;

    // Whatever is younger may still be on its way in.
    private static readonly TimeSpan _grace = TimeSpan.FromDays(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var before = clock.GetUtcNow() - _grace;
        var (after, removed) = (Guid.Empty, 0);
        while (await NextAsync(after, before, cancellationToken) is { } content)
        {
            await RemoveAsync(content, cancellationToken);
            (after, removed) = (content.Id, removed + 1);
        }

        context.Result = $"{removed} removed";
    }

    private async Task<FileContent?> NextAsync(Guid after, DateTimeOffset before, CancellationToken ct)
    {
        var unused = db.Set<FileContent>().Where(c => c.Id > after && !db.Set<StoredFile>().Any(f => f.ContentId == c.Id)).OrderBy(c => c.Id);
        var content = await unused.FirstOrDefaultAsync(ct);
        // The id says when it was made.
        return content is not null && MadeAt(content.Id) < before ? content : null;
    }

    private async Task RemoveAsync(FileContent content, CancellationToken ct)
    {
        List<FileChunk> chunks;
        do
        {
            chunks = await db.Set<FileChunk>().Where(c => c.ContentId == content.Id).OrderBy(c => c.Position).Take(Chunks).ToListAsync(ct);
            db.RemoveRange(chunks);
            await db.SaveChangesAsync(ct);
            foreach (var chunk in chunks)
                db.Entry(chunk).State = EntityState.Detached;
        }
        while (chunks.Count > 0);
        db.Remove(content);
        await db.SaveChangesAsync(ct);
    }

    private static DateTimeOffset MadeAt(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return DateTimeOffset.FromUnixTimeMilliseconds(System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16);
    }
}
