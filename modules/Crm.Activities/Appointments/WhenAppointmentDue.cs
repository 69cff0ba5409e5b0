using System.Globalization;
using Crm.Abstractions.Data;
using Crm.Abstractions.Events;
using Crm.Abstractions.Jobs;
using Crm.Abstractions.Notifications;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Appointments;

/// <summary>Reminds owner and colleagues of an appointment, and plans the reminder of its next time.</summary>
internal sealed class WhenAppointmentDue(CrmDb db, IDueFacts due, INotices notices, TimeProvider clock) : IEventHandler<AppointmentDue>
{
    public async Task HandleAsync(AppointmentDue fact, CancellationToken ct)
    {
        var found = await db.Set<Appointment>().Include(a => a.Spine).Include(a => a.Colleagues).Include(a => a.Skips).AsSplitQuery()
            .FirstOrDefaultAsync(a => a.Id == fact.AppointmentId, ct);
        if (found is not { IsPlanned: true, RemindMinutes: not null, Spine.DeletedAt: null } appointment)
            return;
        if (appointment.Between(fact.Start, fact.Start.AddTicks(1)).FirstOrDefault(o => o.Start == fact.Start) is { } one)
        {
            var isLate = one.Start < clock.GetUtcNow() - IDueFacts.LateAfter;
            var when = one.Local.ToString(appointment.IsAllDay ? "d" : "g", CultureInfo.CurrentCulture);
            foreach (var user in appointment.Colleagues.Select(c => c.UserId).Concat(appointment.Spine.OwnerId is { } owner ? [owner] : []).Distinct())
                notices.Tell(new Notice(user, AppointmentNotices.Due.Name, isLate ? "Began, told late: {0}, {1}" : "Soon: {0}, {1}", appointment.Spine.Title, when) { RecordId = appointment.Id });
        }

        // Times that passed while no server ran are not told one by one.
        var after = clock.GetUtcNow() > fact.Start ? clock.GetUtcNow() : fact.Start;
        if (Reminders.Next(appointment, after) is { } next)
            await due.PlanAsync(appointment.Id, AppointmentNotices.Reminder, next.At, next.Fact, ct);
    }
}
