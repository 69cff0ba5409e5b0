using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Activities.Cadence;
using Crm.Activities.Holidays;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Appointments;

/// <summary>Warns where an appointment lies on a holiday of its owner, or meets a customer once too often. It refuses nothing.</summary>
internal sealed class AppointmentAdvice(CrmDb db, WorkingTime working, TooOften often) : IRecordAdvice
{
    public IReadOnlyList<string> Kinds => [Appointment.KindName];

    public async Task<IReadOnlyList<RuleMessage>> OnAsync(Guid id, CancellationToken ct)
    {
        var found = await db.Set<Appointment>().AsNoTracking().Include(a => a.Spine.Abouts).FirstOrDefaultAsync(a => a.Id == id, ct);
        if (found is not { IsPlanned: true } appointment)
            return [];
        var said = new List<RuleMessage>();
        // A series is planned across its holidays; only its first day is worth a word.
        if (appointment.Spine.OwnerId is { } owner && (await working.OfAsync([owner], ct)).GetValueOrDefault(owner)?.HolidayOn(appointment.StartOn) is { } holiday)
            said.Add(new RuleMessage("Careful, this is a holiday: {0}", holiday));
        if (appointment.Channel is { Length: > 0 } channel)
            said.AddRange(await often.WarnAsync(new PlannedContact([.. appointment.Spine.Abouts.Select(a => a.AboutId).Distinct()], channel, appointment.FirstStart, null), ct));
        return said;
    }
}
