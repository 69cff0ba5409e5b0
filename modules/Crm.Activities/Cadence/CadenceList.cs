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

    // A reader of few customers has them looked up; one of many has the range walked along.
    private const int Few = 15_000;

    public async Task<(IReadOnlyList<CadenceRow> Rows, string? Next)> ReadAsync(CadenceQuery query, string? after, int count, CancellationToken ct)
    {
        var places = await PlacesAsync(query, ct);
        if (Read(after) is { } last)
        {
            places = query.IsOften
                ? places.Where(p => p.At <= last.At && (p.At < last.At || p.Id > last.Id))
                : places.Where(p => p.At >= last.At && (p.At > last.At || p.Id > last.Id));
        }

        var ordered = query.IsOften ? places.OrderByDescending(p => p.At).ThenBy(p => p.Id) : places.OrderBy(p => p.At).ThenBy(p => p.Id);
        var page = await ordered.Take(count + 1).ToListAsync(ct);
        var next = page.Count > count ? Write(page[count - 1]) : null;
        return (await NamedAsync(query, page.Take(count).ToList(), ct), next);
    }

    /// <summary>How many there are, counted to so many and no further.</summary>
    public async Task<int> CountAsync(CadenceQuery query, int atMost, CancellationToken ct) => await (await PlacesAsync(query, ct)).Take(atMost).CountAsync(ct);

    private async Task<IQueryable<Place>> PlacesAsync(CadenceQuery query, CancellationToken ct)
    {
        var rule = query.Rule;
        var (visible, few) = query.IsMine ? await OwnAsync(rule.Kinds, ct) : (await db.VisibleRecordsAsync(rule.Kinds, ct), await db.FewVisibleAsync(rule.Kinds, Few, ct));
        var places = query.IsOften ? TooOften(rule) : Overdue(rule, isFew: few is not null);
        if (few is not null)
            places = places.Where(p => few.Contains(p.Id));
        places = places.Where(p => visible.Any(r => r.Id == p.Id));
        return await rule.MembersAsync(db, ct) is { } members ? places.Where(p => members.Any(id => id == p.Id)) : places;
    }

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

    private async Task<(IQueryable<Spine> Visible, IQueryable<Guid>? Few)> OwnAsync(IReadOnlyList<string> kinds, CancellationToken ct)
    {
        var rights = await db.RightsAsync(ct);
        // No list of what may be null: a condition that asks for null besides enters no index.
        var owners = rights.Predecessors.Append(rights.UserId ?? Guid.Empty).ToList();
        var visible = (await db.VisibleRecordsAsync(kinds, ct)).Where(r => owners.Contains(r.OwnerId!.Value));
        var own = db.Records.Where(r => owners.Contains(r.OwnerId!.Value) && kinds.Contains(r.Kind) && r.DeletedAt == null).Select(r => r.Id);
        return (visible, await own.Take(Few + 1).CountAsync(ct) > Few ? null : own);
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
