using Crm.Abstractions.Data;
using Crm.Abstractions.Events;
using Crm.Abstractions.Jobs;
using Crm.Abstractions.Notifications;
using Crm.Abstractions.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Appointments;

/// <summary>Reminds owner and colleagues of an appointment, and plans the reminder of its next time.</summary>
internal sealed class WhenAppointmentDue(CrmDb db, IDueFacts due, TellOnce tell, INotices notices, IStaff staff, TimeProvider clock) : IEventHandler<AppointmentDue>
{
    public async Task HandleAsync(AppointmentDue fact, CancellationToken ct)
    {
        var found = await db.Set<Appointment>().Include(a => a.Spine).Include(a => a.Colleagues).Include(a => a.Skips).AsSplitQuery()
            .FirstOrDefaultAsync(a => a.Id == fact.AppointmentId, ct);
        if (found is not { IsPlanned: true, RemindMinutes: not null, Spine.DeletedAt: null } appointment)
            return;
        if (appointment.Between(fact.Start, fact.Start.AddTicks(1)).FirstOrDefault(o => o.Start == fact.Start) is { } one)
        {
            // Who plans something for the next minutes is reminded at once, and in time.
            var isLate = clock.GetUtcNow() - Reminders.At(appointment, one) > IDueFacts.LateAfter;
            await notices.TellAsync(staff, appointment, appointment.Participants(), AppointmentNotices.Due, isLate ? "Began, told late: {0}, {1}" : "Soon: {0}, {1}", one, ct);
            await tell.NoteAsync(appointment.Id, AppointmentNotices.Reminder, fact.Start, appointment.Spine.OwnerId ?? Guid.Empty, ct);
        }

        // Times that passed while no server ran are not told one by one.
        if (Reminders.Next(appointment, clock.GetUtcNow(), told: fact.Start) is { } next)
            await due.PlanAsync(appointment.Id, AppointmentNotices.Reminder, next.At, next.Fact, ct);
    }
}
