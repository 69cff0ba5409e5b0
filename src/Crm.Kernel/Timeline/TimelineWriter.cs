using System.Collections.Concurrent;
using System.Reflection;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Timeline;

/// <summary>Writes anew what changed records show in other records' timelines.</summary>
internal sealed class TimelineWriter(RecordTypes types, Actor actor)
{
    private static readonly ConcurrentDictionary<Type, bool> _telling = new();

    public async Task WriteAsync(KernelDb db, ChangedRecords changed, CancellationToken ct)
    {
        var saved = db.ChangeTracker.Entries<IRecord>().Select(e => e.Entity).Where(r => changed.Saved.Contains(r.Id)).ToList();
        var entries = saved
            .SelectMany(r => types.Of(r.GetType()).TimelineOf(r).Select(e => (Record: r, Entry: e)))
            .ToList();
        // One that tells nothing now may have told something before.
        var stale = saved.Where(r => Tells(types.Of(r.GetType()))).Select(r => r.Id).Concat(changed.Gone).Distinct().ToList();
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

    // Most types say nothing of the kind, and their saves read nothing here.
    private static bool Tells(RecordType type) => _telling.GetOrAdd(type.GetType(), t =>
        t.GetMethod("Timeline", BindingFlags.Instance | BindingFlags.NonPublic)?.DeclaringType is { IsGenericType: false });
}
