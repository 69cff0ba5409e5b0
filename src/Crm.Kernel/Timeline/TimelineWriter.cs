using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Timeline;

/// <summary>Writes anew what changed records show in other records' timelines.</summary>
internal sealed class TimelineWriter(RecordTypes types, Actor actor)
{
    public async Task WriteAsync(KernelDb db, ChangedRecords changed, CancellationToken ct)
    {
        var saved = db.ChangeTracker.Entries<IRecord>().Select(e => e.Entity).Where(r => changed.Saved.Contains(r.Id)).ToList();
        var entries = saved
            .SelectMany(r => types.Of(r.GetType()).TimelineOf(r).Select(e => (Record: r, Entry: e)))
            .ToList();
        var stale = entries.Select(e => e.Record.Id).Distinct().Concat(changed.Gone).ToList();
        if (stale.Count == 0)
            return;
        db.RemoveRange(await db.Set<TimelineRow>().Where(t => stale.Contains(t.SourceId)).ToListAsync(ct));
        db.AddRange(entries.Select(e => new TimelineRow
        {
            RecordId = e.Entry.About,
            SourceId = e.Record.Id,
            Kind = e.Record.Spine.Kind,
            At = e.Entry.At,
            Text = e.Entry.Text,
            Icon = e.Entry.Icon,
            UserId = e.Record.Spine.CreatedById ?? actor.UserId,
        }));
    }
}
