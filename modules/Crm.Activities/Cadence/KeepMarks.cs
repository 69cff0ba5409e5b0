using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Activities.Interactions;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Cadence;

/// <summary>Writes the marks of some customers anew from their touches, in the unit that runs.</summary>
internal sealed class KeepMarks(CrmDb db, TimeProvider clock)
{
    private static readonly IReadOnlyList<string> _kinds = Customer.Kinds[Customer.Both];

    /// <summary>After a contact: two saves about the same customer wait for each other, so that neither misses the other's contact.</summary>
    public async Task AfterContactAsync(IReadOnlyCollection<Guid> records, CancellationToken ct)
    {
        if (records.Count == 0 || await ActiveRule.AllAsync(db, ct) is not { Count: > 0 } rules)
            return;
        var marks = await MarksOfAsync(records, rules, ct);
        marks.ForEach(m => m.Turn++);
        await db.SaveChangesAsync(ct);
        await WriteAsync(records, rules, marks, ct);
    }

    /// <summary>For customers whose marks of some rules may be missing or old.</summary>
    public async Task AnewAsync(IReadOnlyCollection<Guid> records, IReadOnlyList<ActiveRule> rules, CancellationToken ct) =>
        await WriteAsync(records, rules, await MarksOfAsync(records, rules, ct), ct);

    private Task<List<ContactMark>> MarksOfAsync(IReadOnlyCollection<Guid> records, IReadOnlyList<ActiveRule> rules, CancellationToken ct)
    {
        var keys = rules.Select(r => r.ChannelKey).Distinct().ToList();
        return db.Set<ContactMark>().Where(m => records.Contains(m.RecordId) && keys.Contains(m.Channels)).OrderBy(m => m.RecordId).ThenBy(m => m.Channels).ToListAsync(ct);
    }

    private async Task WriteAsync(IReadOnlyCollection<Guid> records, IReadOnlyList<ActiveRule> rules, List<ContactMark> marks, CancellationToken ct)
    {
        var made = await db.Records.AsNoTracking().Where(r => records.Contains(r.Id) && _kinds.Contains(r.Kind) && r.ErasedAt == null)
            .Select(r => new { r.Id, r.CreatedAt }).ToDictionaryAsync(r => r.Id, r => r.CreatedAt, ct);
        var found = marks.ToDictionary(m => (m.RecordId, m.Channels));
        var last = await Touches(made.Keys).GroupBy(t => new { t.RecordId, t.Channel })
            .Select(g => new LastTouch(g.Key.RecordId, g.Key.Channel, g.Max(t => t.At))).ToListAsync(ct);
        var byRecord = last.ToLookup(l => l.RecordId);
        foreach (var key in rules.Select(r => r.ChannelKey).Distinct())
        {
            var channels = CadenceRule.ChannelsOf(key);
            foreach (var (id, createdAt) in made)
            {
                if (!found.TryGetValue((id, key), out var mark))
                    db.Add(mark = new ContactMark { RecordId = id, Channels = key });
                var at = byRecord[id].Where(l => channels.Count == 0 || channels.Contains(l.Channel)).Max(l => (DateTimeOffset?)l.At);
                (mark.At, mark.IsNever) = (at ?? createdAt, at is null);
            }
        }

        await CountAsync(made.Keys, rules.Where(r => r.AtMostTimes is not null).ToList(), ct);
    }

    // What is older than the days counts no more, and never will.
    private async Task CountAsync(IReadOnlyCollection<Guid> records, List<ActiveRule> rules, CancellationToken ct)
    {
        if (rules.Count == 0)
            return;
        var now = clock.GetUtcNow();
        var (first, ids) = (rules.Min(r => r.OftenSince(now)!.Value), rules.ConvertAll(r => r.Id));
        var before = await db.Set<OftenMark>().Where(m => ids.Contains(m.RuleId) && records.Contains(m.RecordId)).ToDictionaryAsync(m => (m.RuleId, m.RecordId), ct);
        var touches = await Touches(records).Where(t => t.At > first).Select(t => new LastTouch(t.RecordId, t.Channel, t.At)).ToListAsync(ct);
        foreach (var rule in rules)
        {
            var since = rule.OftenSince(now)!.Value;
            var many = touches.Where(t => t.At > since && rule.Counts(t.Channel)).GroupBy(t => t.RecordId).Where(g => g.Count() > rule.AtMostTimes)
                .ToDictionary(g => g.Key, g => g.Select(t => t.At).OrderDescending().ElementAt(rule.AtMostTimes!.Value));
            db.RemoveRange(before.Values.Where(m => m.RuleId == rule.Id && !many.ContainsKey(m.RecordId)));
            foreach (var (id, at) in many)
            {
                if (!before.TryGetValue((rule.Id, id), out var mark))
                    db.Add(mark = new OftenMark { RuleId = rule.Id, RecordId = id });
                mark.At = at;
            }
        }
    }

    private IQueryable<Touch> Touches(IReadOnlyCollection<Guid> records) => db.Set<Touch>().AsNoTracking().Where(t => records.Contains(t.RecordId));

    private sealed record LastTouch(Guid RecordId, string Channel, DateTimeOffset At);
}
