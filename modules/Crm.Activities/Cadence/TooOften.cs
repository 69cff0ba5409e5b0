using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Activities.Interactions;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Cadence;

/// <summary>A contact that somebody is about to have, or has had.</summary>
/// <param name="Records">Whom it concerns.</param>
/// <param name="Interaction">The interaction that it is already, not to be counted twice; or null.</param>
internal sealed record PlannedContact(IReadOnlyList<Guid> Records, string Channel, DateTimeOffset At, Guid? Interaction);

/// <summary>Says by which rules a contact would be one too many. That a hidden customer is contacted too often may be known; who it is, not.</summary>
internal sealed class TooOften(CrmDb db)
{
    public async Task<IReadOnlyList<RuleMessage>> WarnAsync(PlannedContact contact, CancellationToken ct)
    {
        var rules = (await ActiveRule.AllAsync(db, ct)).FindAll(r => r.AtMostTimes is not null && r.Counts(contact.Channel));
        if (rules.Count == 0)
            return [];
        var titles = await (await db.VisibleAmongAsync(contact.Records, ct, Customer.Kinds[Customer.Both])).AsNoTracking().ToDictionaryAsync(r => r.Id, r => r.Title, ct);
        var said = new List<RuleMessage>();
        foreach (var rule in rules)
        {
            foreach (var id in await MembersAsync(rule, contact.Records, ct))
            {
                if (await CountAsync(rule, contact, id, ct) + 1 is var count && count > rule.AtMostTimes)
                    said.Add(Message(rule, titles.GetValueOrDefault(id), count));
            }
        }

        return said;
    }

    /// <summary>How many of the customers hear from us too often already, by rules that count a channel.</summary>
    public async Task<int> CountAsync(IReadOnlyCollection<Guid> records, string channel, DateTimeOffset now, CancellationToken ct)
    {
        var found = new HashSet<Guid>();
        foreach (var rule in (await ActiveRule.AllAsync(db, ct)).Where(r => r.IsReady && r.Counts(channel)))
        {
            if (rule.OftenSince(now) is not { } since)
                continue;
            var marked = await db.Set<OftenMark>().Where(m => m.RuleId == rule.Id && m.At > since && records.Contains(m.RecordId)).Select(m => m.RecordId).ToListAsync(ct);
            found.UnionWith(marked.Count == 0 ? marked : await MembersAsync(rule, marked, ct));
        }

        return found.Count;
    }

    private static RuleMessage Message(ActiveRule rule, string? title, int count) => title is null
        ? new("“{0}” allows {1} contacts within {2} days; with somebody who takes part this is number {3}.", rule.Name, rule.AtMostTimes!, rule.AtMostDays!, count)
        : new("“{0}” allows {1} contacts within {2} days; with {4} this is number {3}.", rule.Name, rule.AtMostTimes!, rule.AtMostDays!, count, title);

    private async Task<List<Guid>> MembersAsync(ActiveRule rule, IReadOnlyList<Guid> records, CancellationToken ct)
    {
        var kinds = rule.Kinds;
        var about = db.Records.AsNoTracking().Where(r => records.Contains(r.Id) && kinds.Contains(r.Kind)).Select(r => r.Id);
        try
        {
            if (await rule.MembersAsync(db, ct) is { } members)
                about = about.Where(id => members.Any(m => m == id));
        }
        catch (RuleViolation)
        {
            // A segment that is gone has no members.
            return [];
        }

        return await about.ToListAsync(ct);
    }

    private Task<int> CountAsync(ActiveRule rule, PlannedContact contact, Guid id, CancellationToken ct)
    {
        var (since, until, except, channels) = (contact.At.AddDays(-rule.AtMostDays!.Value), contact.At, contact.Interaction, rule.Channels);
        var touches = db.Set<Touch>().Where(t => t.RecordId == id && t.At > since && t.At <= until);
        if (channels.Count > 0)
            touches = touches.Where(t => channels.Contains(t.Channel));
        return (except is null ? touches : touches.Where(t => t.InteractionId != except)).CountAsync(ct);
    }
}
