using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Activities.Interactions;
using Crm.Activities.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Cadence;

/// <summary>Warns where a contact that was logged or planned is one too many by a rule. It refuses nothing.</summary>
internal sealed class CadenceAdvice(CrmDb db, TooOften often, TimeProvider clock) : IRecordAdvice
{
    public IReadOnlyList<string> Kinds => [Interaction.KindName, CrmTask.KindName];

    public async Task<IReadOnlyList<RuleMessage>> OnAsync(Guid id, CancellationToken ct)
    {
        if (await db.Set<Interaction>().AsNoTracking().Include(i => i.Spine.Abouts).FirstOrDefaultAsync(i => i.Id == id, ct) is { } interaction)
            return await often.WarnAsync(new PlannedContact([.. interaction.ConcernedAtAll()], interaction.Channel, interaction.At, id), ct);
        if (await db.Set<CrmTask>().AsNoTracking().Include(t => t.Spine).FirstOrDefaultAsync(t => t.Id == id, ct) is { IsOpen: true, Channel: { Length: > 0 } channel, AboutId: { } about } task)
            return await often.WarnAsync(new PlannedContact([about], channel, task.Due ?? clock.GetUtcNow(), null), ct);
        return [];
    }
}
