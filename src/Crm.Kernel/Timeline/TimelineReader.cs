using System.Globalization;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Timeline;

/// <summary>What of a timeline is asked for.</summary>
/// <param name="After">The cursor of the entries before, or null for the newest.</param>
/// <param name="Limit">How many entries, 1 to 200.</param>
internal sealed record StoryQuery(string? Kind = null, Guid? UserId = null, DateTimeOffset? Since = null, string? After = null, int Limit = TimelineReader.PageSize);

/// <summary>One entry as the reader sees it.</summary>
/// <param name="About">The record in whose timeline it stands, where that is another than the one asked for.</param>
internal sealed record StoryEntry(Guid SourceId, string Kind, DateTimeOffset At, string Text, string Icon, string? User, string? SourceUrl, LinkView? About);

/// <summary>Some entries, newest first.</summary>
internal sealed record StoryPage(IReadOnlyList<StoryEntry> Entries, string? Next);

/// <summary>What the filters of a timeline can choose from: what the newest entries show.</summary>
internal sealed record StoryChoices(IReadOnlyList<RecordType> Kinds, IReadOnlyList<(Guid Id, string Name)> Users);

/// <summary>Reads a record's timeline, and those that its type reaches (an organisation's people), as far as the reader may see the entries' records.</summary>
internal sealed class TimelineReader(KernelDb db, RecordTypes types)
{
    public const int PageSize = 30;
    private const int MostAtOnce = 1_000;
    private const int Newest = 500;
    // An organisation with more people than this shows those that were changed last.
    private const int MostReached = 500;
    private IReadOnlyList<Guid>? _reach;

    /// <exception cref="BadFilter">The cursor is none of a timeline.</exception>
    public async Task<StoryPage> ReadAsync(RecordType type, Guid id, StoryQuery query, CancellationToken ct)
    {
        var rows = await RowsAsync(type, id, ct);
        if (query.Kind is { Length: > 0 } kind)
            rows = rows.Where(r => r.Kind == kind);
        if (query.UserId is { } user)
            rows = rows.Where(r => r.UserId == user);
        if (query.Since is { } since)
            rows = rows.Where(r => r.At >= since);
        var found = await SeenAsync(rows, query.After is { } after ? Cursor(after) : null, query.Limit + 1, ct);
        var page = found.Take(query.Limit).ToList();
        var next = found.Count > query.Limit ? Cursor(page[^1]) : null;
        // What concerns two of the people stands in both timelines, and once in the company's.
        return new StoryPage(await EntriesAsync(id, page.DistinctBy(r => (r.SourceId, r.At, r.Text)).ToList(), ct), next);
    }

    public async Task<StoryChoices> ChoicesAsync(RecordType type, Guid id, CancellationToken ct)
    {
        var rows = (await RowsAsync(type, id, ct)).OrderByDescending(r => r.At).ThenByDescending(r => r.Id);
        var newest = await OfSeenAsync(await rows.Take(Newest).ToListAsync(ct), ct);
        var ids = newest.Select(n => n.UserId).OfType<Guid>().Distinct().ToList();
        var users = await db.Known.NamesAsync(ids, ct);
        return new StoryChoices(
            newest.Select(n => n.Kind).Distinct(StringComparer.Ordinal).Select(types.Find).OfType<RecordType>().ToList(),
            users.Select(u => (Id: u.Key, Name: u.Value)).OrderBy(u => u.Name, StringComparer.CurrentCulture).ToList());
    }

    private async Task<IQueryable<TimelineRow>> RowsAsync(RecordType type, Guid id, CancellationToken ct)
    {
        _reach ??= type.TimelineReach(db, id) is { } reach ? await reach.Take(MostReached).ToListAsync(ct) : [];
        var about = _reach;
        var rows = db.Set<TimelineRow>().AsNoTracking();
        return about.Count == 0 ? rows.Where(r => r.RecordId == id) : rows.Where(r => r.RecordId == id || about.Contains(r.RecordId));
    }

    // Mostly all are seen by who sees the record: so many are read as are shown, and more only where some are hidden.
    private async Task<List<TimelineRow>> SeenAsync(IQueryable<TimelineRow> rows, (DateTimeOffset At, Guid Id)? after, int count, CancellationToken ct)
    {
        var seen = new List<TimelineRow>();
        for (var atOnce = count; ; atOnce = Math.Min(atOnce * 4, MostAtOnce))
        {
            var further = rows;
            if (after is var (at, last))
                further = rows.Where(r => r.At <= at && (r.At < at || r.Id.CompareTo(last) < 0));
            var some = await further.OrderByDescending(r => r.At).ThenByDescending(r => r.Id).Take(atOnce).ToListAsync(ct);
            seen.AddRange(await OfSeenAsync(some, ct));
            if (seen.Count >= count || some.Count < atOnce)
                return seen.Take(count).ToList();
            after = (some[^1].At, some[^1].Id);
        }
    }

    private async Task<List<TimelineRow>> OfSeenAsync(IReadOnlyList<TimelineRow> rows, CancellationToken ct)
    {
        var sources = await (await db.VisibleAmongAsync([.. rows.Select(r => r.SourceId).Distinct()], ct)).Select(r => r.Id).ToHashSetAsync(ct);
        return rows.Where(r => sources.Contains(r.SourceId)).ToList();
    }

    private async Task<IReadOnlyList<StoryEntry>> EntriesAsync(Guid id, IReadOnlyList<TimelineRow> rows, CancellationToken ct)
    {
        var userIds = rows.Select(r => r.UserId).OfType<Guid>().Distinct().ToList();
        var users = await db.Known.NamesAsync(userIds, ct);
        var others = rows.Select(r => r.RecordId).Where(r => r != id).Distinct().ToList();
        var about = new Dictionary<Guid, LinkView>();
        if (others.Count > 0)
        {
            var visible = await db.VisibleAmongAsync(others, ct);
            foreach (var s in await visible.AsNoTracking().Select(s => new { s.Id, s.Kind, s.Title }).ToListAsync(ct))
                about[s.Id] = new LinkView(s.Id, s.Kind, s.Title, types.Find(s.Kind)?.UrlOf(s.Id));
        }

        return [.. rows.Select(r => new StoryEntry(
            r.SourceId, r.Kind, r.At, r.Text, r.Icon,
            r.UserId is { } user ? users.GetValueOrDefault(user) : null,
            types.Find(r.Kind) is { HasPages: true } type && r.SourceId != id ? type.UrlOf(r.SourceId) : null,
            about.GetValueOrDefault(r.RecordId)))];
    }

    private static string Cursor(TimelineRow row) => $"{row.At.UtcTicks.ToString(CultureInfo.InvariantCulture)}_{row.Id:N}";

    private static (DateTimeOffset At, Guid Id) Cursor(string text)
    {
        var parts = text.Split('_');
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTimeOffset.MaxValue.UtcTicks && Guid.TryParseExact(parts[1], "N", out var id)
            ? (new DateTimeOffset(ticks, TimeSpan.Zero), id)
            : throw new BadFilter("The cursor is none of this timeline", 1);
    }
}
