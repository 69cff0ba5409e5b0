using Crm.Abstractions.Data;
using Crm.Abstractions.Events;
using Crm.Abstractions.Records;
using Microsoft.EntityFrameworkCore;

namespace Crm.Files.Files;

/// <summary>Removes the bytes that no file has any more.</summary>
internal sealed class WhenFilesForgotten(CrmDb db) : IEventHandler<RecordsForgotten>
{
    public async Task HandleAsync(RecordsForgotten fact, CancellationToken ct)
    {
        if (!fact.AreRemoved)
            return;
        var unused = await db.Set<FileContent>().Where(c => c.IsWhole && !db.Set<StoredFile>().Any(f => f.ContentId == c.Id)).ToListAsync(ct);
        foreach (var content in unused)
        {
            // By their keys: the bytes themselves are not read again.
            var positions = await db.Set<FileChunk>().Where(c => c.ContentId == content.Id).Select(c => c.Position).ToListAsync(ct);
            db.RemoveRange(positions.Select(p => new FileChunk { ContentId = content.Id, Position = p }));
        }

        db.RemoveRange(unused);
    }
}
