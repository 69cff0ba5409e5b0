using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Cadence;

/// <summary>A rule that counts now, as it is applied.</summary>
/// <param name="IsReady">Its marks are written for every customer.</param>
internal sealed record ActiveRule(
    Guid Id, string Name, string Customers, string? Segment, string ChannelKey, int? AtLeastDays, int? AtMostTimes, int? AtMostDays, bool IsReady)
{
    public IReadOnlyList<string> Channels => CadenceRule.ChannelsOf(ChannelKey);

    public IReadOnlyList<string> Kinds => Customer.Kinds[Customers];

    /// <summary>Who was contacted before this is overdue.</summary>
    public DateTimeOffset? OverdueBefore(DateTimeOffset now) => AtLeastDays is { } days ? now.AddDays(-days) : null;

    /// <summary>Who was contacted before this is overdue soon: a fifth of the days ahead, a week at most.</summary>
    public DateTimeOffset? SoonBefore(DateTimeOffset now) => OverdueBefore(now)?.AddDays(Math.Min(7, AtLeastDays!.Value / 5d));

    /// <summary>Whose contact too many is younger than this is contacted too often.</summary>
    public DateTimeOffset? OftenSince(DateTimeOffset now) => AtMostDays is { } days ? now.AddDays(-days) : null;

    public bool Counts(string channel) => ChannelKey.Length == 0 || Channels.Contains(channel, StringComparer.Ordinal);

    /// <summary>The rules that count now, by name.</summary>
    public static Task<List<ActiveRule>> AllAsync(CrmDb db, CancellationToken ct) => (
        from rule in db.Set<CadenceRule>().AsNoTracking()
        where rule.IsActive && rule.BinnedAt == null
        join walk in db.Set<CadenceWalk>() on rule.Id equals walk.RuleId into walks
        from walk in walks.DefaultIfEmpty()
        orderby rule.Name, rule.Id
        select new ActiveRule(
            rule.Id, rule.Name, rule.Customers, rule.Segment, rule.ChannelKey, rule.AtLeastDays, rule.AtMostTimes, rule.AtMostDays, walk != null && walk.DoneAt != null))
        .ToListAsync(ct);

    /// <summary>The customers that it is about, beyond their kind; null for all of the kind.</summary>
    /// <param name="withBin">Those in the bin, too.</param>
    public async Task<IQueryable<Guid>?> MembersAsync(CrmDb db, CancellationToken ct, bool withBin = false) =>
        string.IsNullOrWhiteSpace(Segment) ? null : await db.SegmentAsync(Customers, Segment.Trim(), [CadenceState.FieldName], withBin, ct);
}
