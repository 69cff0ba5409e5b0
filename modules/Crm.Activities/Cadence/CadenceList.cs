using System.Globalization;
using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Activities.Interactions;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Cadence;

/// <summary>What a cadence list is asked for.</summary>
/// <param name="IsOften">Those contacted too often; else those overdue.</param>
/// <param name="IsMine">The reader's own customers only.</param>
internal sealed record CadenceQuery(ActiveRule Rule, bool IsOften, bool IsMine);

/// <summary>A customer on a cadence list.</summary>
/// <param name="At">Overdue: the last contact, or the customer's beginning. Too often: the oldest of the contacts that are one too many.</param>
/// <param name="Contacts">Too often: how many contacts there were within the rule's days.</param>
internal sealed record CadenceRow(Guid Id, string Kind, string Title, Guid? OwnerId, DateTimeOffset At, bool IsNever, int Contacts);

/// <summary>Customers who are overdue, longest first, or contacted too often, by a rule and under the reader's rights: ranges of the marks, which end as soon as a page is full.</summary>
internal sealed class CadenceList(CrmDb db, IRecordTypes types, TimeProvider clock)
{
    public const int MostCounted = 1_000;

    // A range is read for each owner and department; who sees more of them finds his soon among everybody's.
    private const int MostRanges = 8;

    // So many at first where the rule is about some of the reader's customers only: one kind of them, or a segment.
    private const int BatchOfKind = 600;
    private const int BatchOfSegment = 800;
    private const int LeastBatch = 100;
    private const int LargestBatch = 8_000;

    public async Task<(IReadOnlyList<CadenceRow> Rows, string? Next)> ReadAsync(CadenceQuery query, string? after, int count, CancellationToken ct)
    {
        var (last, visible, ranges) = (Read(after), await VisibleAsync(query, ct), await RangesAsync(query, ct));
        var members = await query.Rule.MembersAsync(db, ct, withBin: ranges is not null);
        var page = ranges is not null
            ? await MergedAsync(query, ranges, visible, members, last, count + 1, ct)
            : await Ordered(Inside(Seen(After(Range(query), last, query), visible), members), query).Take(count + 1).ToListAsync(ct);
        var next = page.Count > count ? Write(page[count - 1]) : null;
        return (await NamedAsync(query, page.Take(count).ToList(), ct), next);
    }

    /// <summary>How many there are, counted to so many and no further.</summary>
    public async Task<int> CountAsync(CadenceQuery query, int atMost, CancellationToken ct)
    {
        var (visible, ranges) = (await VisibleAsync(query, ct), await RangesAsync(query, ct));
        var members = await query.Rule.MembersAsync(db, ct, withBin: ranges is not null);
        return ranges is not null
            ? (await MergedAsync(query, ranges, visible, members, null, atMost, ct)).Count
            : await Inside(Seen(Range(query), visible), members).Take(atMost).CountAsync(ct);
    }

    // The first of all ranges together; the segment is asked of these only, and the rule on who sees whom of what is left, and of more where they don't fill the page.
    private async Task<List<Place>> MergedAsync(
        CadenceQuery query, IReadOnlyList<IQueryable<Place>> ranges, IQueryable<Spine> visible, IQueryable<Guid>? members, Place? last, int count, CancellationToken ct)
    {
        var found = new List<Place>();
        for (var batch = Math.Max(count, members is not null ? BatchOfSegment : query.Rule.Kinds.Count == 1 ? BatchOfKind : count); ;)
        {
            var first = ranges.Select(r => Ordered(After(r, last, query), query).Take(batch)).Aggregate((IQueryable<Place> a, IQueryable<Place> b) => a.Union(b));
            var places = await Ordered(first, query).Take(batch).ToListAsync(ct);
            var ids = places.ConvertAll(p => p.Id);
            if (members is not null)
                ids = await members.Where(id => ids.Contains(id)).ToListAsync(ct);
            var seen = (await visible.Where(r => ids.Contains(r.Id)).Select(r => r.Id).ToListAsync(ct)).ToHashSet();
            found.AddRange(places.Where(p => seen.Contains(p.Id)));
            if (found.Count >= count || places.Count < batch)
                return [.. found.Take(count)];
            last = places[^1];
            // As many more as the share of those that were seen lets expect, and some.
            batch = seen.Count == 0 ? LargestBatch : Math.Clamp((count - found.Count) * batch / seen.Count * 5 / 4, LeastBatch, LargestBatch);
        }
    }

    private async Task<IQueryable<Spine>> VisibleAsync(CadenceQuery query, CancellationToken ct)
    {
        var visible = await db.VisibleRecordsAsync(query.Rule.Kinds, ct);
        if (!query.IsMine)
            return visible;
        var owners = (await db.RightsAsync(ct)).Owners;
        return visible.Where(r => owners.Contains(r.OwnerId!.Value));
    }

    // Where a reader's customers are found from his side: each owner's, each department's, and what is shared. Null where he finds them among everybody's:
    // who sees them all, or many departments; and who is contacted too often is a short range, whoever reads.
    private async Task<IReadOnlyList<IQueryable<Place>>?> RangesAsync(CadenceQuery query, CancellationToken ct)
    {
        var rights = await db.RightsAsync(ct);
        var scopes = query.Rule.Kinds.Select(k => types.Find(k) is { } type ? rights.ScopeOf(type.ViewPermission) : null).ToHashSet();
        if (query.IsOften || (!query.IsMine && scopes.Contains(RoleScope.All)))
            return null;
        var departments = !query.IsMine && scopes.Contains(RoleScope.Department) ? rights.Subtree : [];
        if (rights.Owners.Count + departments.Count > MostRanges)
            return null;
        var (key, late) = (query.Rule.ChannelKey, Late(query.Rule));
        var marks = db.Set<ContactMark>().AsNoTracking().Where(m => m.At < late);
        var ranges = rights.Owners.Select(owner => marks.Where(m => m.OwnerId == owner && m.Channels == key))
            .Concat(departments.Select(department => marks.Where(m => m.DepartmentId == department && m.Channels == key))).ToList();
        if (!query.IsMine)
        {
            var shared = await db.SharedAsync(ct);
            // By their ids, of which there are few: the range is hidden from the planner, who would walk along it in search of them.
            ranges.Add(marks.Where(m => m.Channels + "" == key && shared.Contains(m.RecordId)));
        }

        return ranges.ConvertAll(r => r.Select(m => new Place { Id = m.RecordId, At = m.At, IsNever = m.IsNever }));
    }

    private DateTimeOffset Late(ActiveRule rule) => rule.OverdueBefore(clock.GetUtcNow()) ?? DateTimeOffset.UnixEpoch;

    private static IQueryable<Place> Seen(IQueryable<Place> places, IQueryable<Spine> visible) => places.Where(p => visible.Any(r => r.Id == p.Id));

    private static IQueryable<Place> Inside(IQueryable<Place> places, IQueryable<Guid>? members) => members is null ? places : places.Where(p => members.Any(id => id == p.Id));

    private static IQueryable<Place> After(IQueryable<Place> places, Place? last, CadenceQuery query) => last is null ? places
        : query.IsOften ? places.Where(p => p.At <= last.At && (p.At < last.At || p.Id > last.Id))
        : places.Where(p => p.At >= last.At && (p.At > last.At || p.Id > last.Id));

    private static IQueryable<Place> Ordered(IQueryable<Place> places, CadenceQuery query) =>
        query.IsOften ? places.OrderByDescending(p => p.At).ThenBy(p => p.Id) : places.OrderBy(p => p.At).ThenBy(p => p.Id);

    private IQueryable<Place> Range(CadenceQuery query) => query.IsOften ? TooOften(query.Rule) : Overdue(query.Rule);

    private IQueryable<Place> TooOften(ActiveRule rule)
    {
        var (ruleId, since) = (rule.Id, rule.OftenSince(clock.GetUtcNow()) ?? clock.GetUtcNow());
        return db.Set<OftenMark>().AsNoTracking().Where(m => m.RuleId == ruleId && m.At > since).Select(m => new Place { Id = m.RecordId, At = m.At });
    }

    private IQueryable<Place> Overdue(ActiveRule rule)
    {
        var (key, late) = (rule.ChannelKey, Late(rule));
        return db.Set<ContactMark>().AsNoTracking().Where(m => m.Channels == key && m.At < late).Select(m => new Place { Id = m.RecordId, At = m.At, IsNever = m.IsNever });
    }

    private async Task<IReadOnlyList<CadenceRow>> NamedAsync(CadenceQuery query, List<Place> places, CancellationToken ct)
    {
        var ids = places.ConvertAll(p => p.Id);
        var spines = await db.Records.AsNoTracking().Where(r => ids.Contains(r.Id)).Select(r => new { r.Id, r.Kind, r.Title, r.OwnerId }).ToDictionaryAsync(r => r.Id, ct);
        var counts = query.IsOften ? await CountsAsync(query.Rule, ids, ct) : [];
        return places.ConvertAll(p => new CadenceRow(p.Id, spines[p.Id].Kind, spines[p.Id].Title, spines[p.Id].OwnerId, p.At, p.IsNever, counts.GetValueOrDefault(p.Id)));
    }

    private async Task<Dictionary<Guid, int>> CountsAsync(ActiveRule rule, List<Guid> ids, CancellationToken ct)
    {
        var (since, channels) = (rule.OftenSince(clock.GetUtcNow())!.Value, rule.Channels);
        var touches = db.Set<Touch>().AsNoTracking().Where(t => ids.Contains(t.RecordId) && t.At > since);
        if (channels.Count > 0)
            touches = touches.Where(t => channels.Contains(t.Channel));
        return await touches.GroupBy(t => t.RecordId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
    }

    private static string Write(Place place) => string.Create(CultureInfo.InvariantCulture, $"{place.At.UtcTicks}_{place.Id:N}");

    // An address that was tampered with begins at the top.
    private static Place? Read(string? after) =>
        after?.Split('_') is [var at, var id] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
        && ticks <= DateTimeOffset.MaxValue.UtcTicks && Guid.TryParseExact(id, "N", out var key)
            ? new Place { At = new DateTimeOffset(ticks, TimeSpan.Zero), Id = key }
            : null;

    private sealed class Place
    {
        public Guid Id { get; init; }

        public DateTimeOffset At { get; init; }

        public bool IsNever { get; init; }
    }
}
