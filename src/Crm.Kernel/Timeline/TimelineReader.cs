using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Timeline;

/// <summary>Reads a record's timeline: its own entries and those of the records that it contains, each by the rights on what it is of.</summary>
internal sealed class TimelineReader(KernelDb db, LinkNames names)
{
    private static readonly IReadOnlyList<Type> _cursor = [typeof(DateTimeOffset)];

    public async Task<TimelinePage> PageAsync<T>(RecordType<T> type, Guid id, IReadOnlyCollection<string> kinds, int limit, string? after, CancellationToken ct)
        where T : class, IRecord
    {
        var visible = await db.VisibleRecordsAsync(kinds.Count == 0 ? names.Kinds() : kinds, ct);
        var rows = db.Set<TimelineRow>().AsNoTracking();
        rows = type.TimelineReach(db, id) is { } reach ? rows.Where(t => t.RecordId == id || reach.Contains(t.RecordId)) : rows.Where(t => t.RecordId == id);
        rows = rows.Where(t => visible.Any(r => r.Id == t.SourceId));
        if (after is { Length: > 0 })
        {
            var (last, values) = PageCursor.Read(after, "timeline", _cursor);
            var at = (DateTimeOffset)values[0]!;
            rows = rows.Where(t => t.At < at || (t.At == at && t.Id < last));
        }

        var page = await rows.OrderByDescending(t => t.At).ThenByDescending(t => t.Id).Take(limit + 1).ToListAsync(ct);
        string? next = null;
        if (page.Count > limit)
        {
            page.RemoveAt(limit);
            next = PageCursor.Write("timeline", page[^1].Id, [page[^1].At]);
        }

        return new(await ItemsAsync(page, ct), next);
    }

    private async Task<IReadOnlyList<TimelineItem>> ItemsAsync(List<TimelineRow> page, CancellationToken ct)
    {
        var sources = await names.RecordsAsync(page.Select(t => t.SourceId), ct);
        var users = await names.OfAsync(FieldKind.User, page.Select(t => t.UserId).OfType<Guid>(), ct);
        return page.Where(t => sources.ContainsKey(t.SourceId)).Select(t => new TimelineItem(
            t.Id, t.Kind, sources[t.SourceId], t.At.ToUniversalTime(), t.Text, t.Icon, t.UserId is { } by ? users.GetValueOrDefault(by) : null)).ToList();
    }
}
