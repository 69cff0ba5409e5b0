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
        foreach (var key in rules.Select(r => r.ChannelKey).Distinct())
        {
            var last = await Touches(records, key).GroupBy(t => t.RecordId).Select(g => new { g.Key, At = g.Max(t => t.At) }).ToDictionaryAsync(g => g.Key, g => g.At, ct);
            foreach (var (id, createdAt) in made)
            {
                if (!found.TryGetValue((id, key), out var mark))
                    db.Add(mark = new ContactMark { RecordId = id, Channels = key });
                (mark.At, mark.IsNever) = last.TryGetValue(id, out var at) ? (at, false) : (createdAt, true);
            }
        }

        foreach (var rule in rules.Where(r => r.AtMostTimes is not null))
            await CountAsync(made.Keys, rule, ct);
    }

    // What is older than the days counts no more, and never will.
    private async Task CountAsync(IReadOnlyCollection<Guid> records, ActiveRule rule, CancellationToken ct)
    {
        var since = rule.OftenSince(clock.GetUtcNow())!.Value;
        var before = await db.Set<OftenMark>().Where(m => m.RuleId == rule.Id && records.Contains(m.RecordId)).ToDictionaryAsync(m => m.RecordId, ct);
        var touches = await Touches(records, rule.ChannelKey).Where(t => t.At > since).Select(t => new { t.RecordId, t.At }).ToListAsync(ct);
        var many = touches.GroupBy(t => t.RecordId).Where(g => g.Count() > rule.AtMostTimes)
            .ToDictionary(g => g.Key, g => g.Select(t => t.At).OrderDescending().ElementAt(rule.AtMostTimes!.Value));
        db.RemoveRange(before.Values.Where(m => !many.ContainsKey(m.RecordId)));
        foreach (var (id, at) in many)
        {
            if (!before.TryGetValue(id, out var mark))
                db.Add(mark = new OftenMark { RuleId = rule.Id, RecordId = id });
            mark.At = at;
        }
    }

    private IQueryable<Touch> Touches(IReadOnlyCollection<Guid> records, string key)
    {
        var touches = db.Set<Touch>().AsNoTracking().Where(t => records.Contains(t.RecordId));
        var channels = CadenceRule.ChannelsOf(key);
        return channels.Count == 0 ? touches : touches.Where(t => channels.Contains(t.Channel));
    }
}
