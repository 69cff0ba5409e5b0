using System.Globalization;
using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
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
internal sealed class CadenceList(CrmDb db, TimeProvider clock)
{
    public const int MostCounted = 1_000;

    // Whose customers are no more has them looked up, each by its key.
    private const int Some = 15_000;

    // Whose are more than this has so much of the range tried first: mostly it fills the page.
    private const int Few = 2_000;
    private const int Window = 10_000;
    private const int Batch = 1_000;

    public async Task<(IReadOnlyList<CadenceRow> Rows, string? Next)> ReadAsync(CadenceQuery query, string? after, int count, CancellationToken ct)
    {
        var (last, reach, members) = (Read(after), await ReachAsync(query, ct), await query.Rule.MembersAsync(db, ct));
        var page = reach.Some is null ? await WalkedAsync(query, reach, members, last, count + 1, ct)
            : await TriedAsync(query, reach, members, last, count + 1, ct) ?? await LookedUpAsync(query, reach.Some.Ids, members, last, count + 1, ct);
        var next = page.Count > count ? Write(page[count - 1]) : null;
        return (await NamedAsync(query, page.Take(count).ToList(), ct), next);
    }

    /// <summary>How many there are, counted to so many and no further.</summary>
    public async Task<int> CountAsync(CadenceQuery query, int atMost, CancellationToken ct)
    {
        var (reach, members) = (await ReachAsync(query, ct), await query.Rule.MembersAsync(db, ct));
        var places = reach.Some is { Ids: var some } ? Range(query, isFew: true).Where(p => some.Contains(p.Id)) : Seen(Range(query, isFew: false), reach);
        return await Inside(places, members).Take(atMost).CountAsync(ct);
    }

    private Task<List<Place>> WalkedAsync(CadenceQuery query, Reach reach, IQueryable<Guid>? members, Place? last, int count, CancellationToken ct) =>
        Ordered(Inside(Seen(After(Range(query, isFew: false), last, query), reach), members), query).Take(count).ToListAsync(ct);

    // Null where the beginning of the range doesn't fill the page; with a segment it hardly ever does.
    private async Task<List<Place>?> TriedAsync(CadenceQuery query, Reach reach, IQueryable<Guid>? members, Place? last, int count, CancellationToken ct)
    {
        if (reach.Some is not { Count: > Few } || members is not null)
            return null;
        var (window, some) = (Ordered(After(Range(query, isFew: false), last, query), query).Take(Window), reach.Some.Ids);
        var page = await Ordered(window.Where(p => some.Contains(p.Id)), query).Take(count).ToListAsync(ct);
        return page.Count == count ? page : null;
    }

    // The segment is asked of the first rows only, and of more where they don't fill the page.
    private async Task<List<Place>> LookedUpAsync(CadenceQuery query, IQueryable<Guid> some, IQueryable<Guid>? members, Place? last, int count, CancellationToken ct)
    {
        var found = new List<Place>();
        for (var batch = members is null ? count : Batch; ; batch *= 4)
        {
            var places = await Ordered(After(Range(query, isFew: true).Where(p => some.Contains(p.Id)), last, query), query).Take(batch).ToListAsync(ct);
            var ids = places.ConvertAll(p => p.Id);
            var inside = members is null ? null : (await members.Where(id => ids.Contains(id)).ToListAsync(ct)).ToHashSet();
            found.AddRange(places.Where(p => inside is null || inside.Contains(p.Id)));
            if (found.Count >= count || places.Count < batch)
                return [.. found.Take(count)];
            last = places[^1];
        }
    }

    private async Task<Reach> ReachAsync(CadenceQuery query, CancellationToken ct)
    {
        var visible = await db.VisibleRecordsAsync(query.Rule.Kinds, ct);
        if (query.IsMine)
        {
            var owners = (await db.RightsAsync(ct)).Owners;
            visible = visible.Where(r => owners.Contains(r.OwnerId!.Value));
        }

        // Who is contacted too often is a short range, whoever reads.
        return new(visible, query.IsOften ? null : await db.FewVisibleAsync(query.Rule.Kinds, Some, query.IsMine, ct));
    }

    private static IQueryable<Place> Seen(IQueryable<Place> places, Reach reach) => places.Where(p => reach.Visible.Any(r => r.Id == p.Id));

    private static IQueryable<Place> Inside(IQueryable<Place> places, IQueryable<Guid>? members) => members is null ? places : places.Where(p => members.Any(id => id == p.Id));

    private static IQueryable<Place> After(IQueryable<Place> places, Place? last, CadenceQuery query) => last is null ? places
        : query.IsOften ? places.Where(p => p.At <= last.At && (p.At < last.At || p.Id > last.Id))
        : places.Where(p => p.At >= last.At && (p.At > last.At || p.Id > last.Id));

    private static IQueryable<Place> Ordered(IQueryable<Place> places, CadenceQuery query) =>
        query.IsOften ? places.OrderByDescending(p => p.At).ThenBy(p => p.Id) : places.OrderBy(p => p.At).ThenBy(p => p.Id);

    private IQueryable<Place> Range(CadenceQuery query, bool isFew) => query.IsOften ? TooOften(query.Rule) : Overdue(query.Rule, isFew);

    private IQueryable<Place> TooOften(ActiveRule rule)
    {
        var (ruleId, since) = (rule.Id, rule.OftenSince(clock.GetUtcNow()) ?? clock.GetUtcNow());
        return db.Set<OftenMark>().AsNoTracking().Where(m => m.RuleId == ruleId && m.At > since).Select(m => new Place { Id = m.RecordId, At = m.At });
    }

    private IQueryable<Place> Overdue(ActiveRule rule, bool isFew)
    {
        var (key, late) = (rule.ChannelKey, rule.OverdueBefore(clock.GetUtcNow()) ?? DateTimeOffset.UnixEpoch);
        // Where the reader's customers lead, the range is hidden from the planner: it would be walked along to its end in search of his.
        var marks = isFew ? db.Set<ContactMark>().Where(m => m.Channels + "" == key) : db.Set<ContactMark>().Where(m => m.Channels == key);
        return marks.AsNoTracking().Where(m => m.At < late).Select(m => new Place { Id = m.RecordId, At = m.At, IsNever = m.IsNever });
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

    // What the reader sees of the customers, and their ids where they are not many.
    private sealed record Reach(IQueryable<Spine> Visible, FewIds? Some);

    private sealed class Place
    {
        public Guid Id { get; init; }

        public DateTimeOffset At { get; init; }

        public bool IsNever { get; init; }
    }
}
