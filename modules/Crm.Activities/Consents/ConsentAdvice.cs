using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Activities.Appointments;
using Crm.Activities.Interactions;
using Crm.Activities.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Consents;

/// <summary>Warns where a contact that was logged or planned goes a way that the customer has refused. It refuses nothing: an answer and a matter of contract are allowed.</summary>
internal sealed class ConsentAdvice(CrmDb db, Refusals refusals) : IRecordAdvice
{
    public IReadOnlyList<string> Kinds => [Interaction.KindName, CrmTask.KindName, Appointment.KindName];

    public async Task<IReadOnlyList<RuleMessage>> OnAsync(Guid id, CancellationToken ct)
    {
        if (await db.Set<Interaction>().AsNoTracking().Include(i => i.Spine.Abouts).FirstOrDefaultAsync(i => i.Id == id, ct) is { } logged)
            return logged.Direction == Direction.Outgoing ? await refusals.WarnAsync(Reached(logged), logged.Channel, logged.At, ct) : [];
        if (await db.Set<CrmTask>().AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, ct) is { } task)
            return task is { IsOpen: true, Channel: { Length: > 0 } by, AboutId: { } about } ? await refusals.WarnAsync([about], by, null, ct) : [];
        if (await db.Set<Appointment>().AsNoTracking().Include(a => a.Spine.Abouts).FirstOrDefaultAsync(a => a.Id == id, ct) is { IsPlanned: true, Channel: { Length: > 0 } way } met)
            return await refusals.WarnAsync([.. met.Spine.Abouts.Select(a => a.AboutId).Distinct()], way, null, ct);
        return [];
    }

    // Whom it concerns besides was talked about, not talked to.
    private static Guid[] Reached(Interaction logged) => [.. logged.Concerned(Interaction.WithRole).Append(logged.Spine.DecidedById ?? Guid.Empty).Distinct()];
}
