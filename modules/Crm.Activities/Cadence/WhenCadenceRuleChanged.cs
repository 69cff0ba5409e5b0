using Crm.Abstractions.Data;
using Crm.Abstractions.Events;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Cadence;

/// <summary>Refuses a rule whose segment can't be used, and has the marks of its customers written anew.</summary>
internal sealed class WhenCadenceRuleChanged(CrmDb db) : IEventHandler<CadenceRuleChanged>
{
    public async Task HandleAsync(CadenceRuleChanged fact, CancellationToken ct)
    {
        if (await db.Set<CadenceRule>().FirstOrDefaultAsync(r => r.Id == fact.RuleId, ct) is not { } rule)
            return;
        if (rule is { BinnedAt: null, Segment: { Length: > 0 } segment })
            await db.SegmentAsync(rule.Customers, segment.Trim(), [CadenceState.FieldName], withBin: false, ct);
        if (await db.Set<CadenceWalk>().FirstOrDefaultAsync(w => w.RuleId == rule.Id, ct) is not { } walk)
            db.Add(walk = new CadenceWalk { RuleId = rule.Id });
        (walk.WalkedTo, walk.DoneAt) = (null, null);
    }
}
