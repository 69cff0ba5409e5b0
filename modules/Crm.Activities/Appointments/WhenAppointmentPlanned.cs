using Crm.Abstractions.Contacts;
using Crm.Abstractions.Data;
using Crm.Abstractions.Events;
using Crm.Abstractions.Jobs;
using Crm.Abstractions.Notifications;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Appointments;

/// <summary>Gives a new appointment to somebody, shows it to the colleagues who take part, plans its reminder, and refuses a contact with a customer whom others are designated for.</summary>
internal sealed class WhenAppointmentPlanned(CrmDb db, IDueFacts due, INotices notices, IRecordSharing sharing, IEnumerable<IContactRestriction> restrictions, TimeProvider clock)
    : IEventHandler<AppointmentPlanned>
{
    public async Task HandleAsync(AppointmentPlanned fact, CancellationToken ct)
    {
        var found = await db.Set<Appointment>().Include(a => a.Spine.Abouts).Include(a => a.Colleagues).Include(a => a.Skips).AsSplitQuery()
            .FirstOrDefaultAsync(a => a.Id == fact.AppointmentId, ct);
        if (found is not { } appointment)
            return;
        var me = (await db.RightsAsync(ct)).UserId;
        if (appointment.TakeNew() && appointment.Spine.OwnerId is null)
            appointment.Assign(me);
        var isLive = appointment.IsPlanned && appointment.Spine is { DeletedAt: null, ErasedAt: null };
        foreach (var user in appointment.TakeLeft().Where(u => u != me))
            await sharing.WithdrawAsync(appointment, user, ct);
        if (isLive)
        {
            await CheckAsync(appointment, ct);
            await ShowAsync(appointment, me, ct);
        }

        if (isLive && Reminders.Next(appointment, clock.GetUtcNow()) is { } next)
            await due.PlanAsync(appointment.Id, AppointmentNotices.Reminder, next.At, next.Fact, ct);
        else
            await due.CancelAsync(appointment.Id, AppointmentNotices.Reminder, ct);
    }

    // Whoever is met is contacted; whom it is about only where it says how, or somebody is met.
    private async Task CheckAsync(Appointment appointment, CancellationToken ct)
    {
        if (appointment.Spine.OwnerId is not { } owner)
            return;
        var people = appointment.People().ToList();
        var contacted = appointment.AboutId is { } about && (appointment.Channel is not null || people.Count > 0) ? people.Append(about) : people;
        foreach (var record in contacted.Distinct().ToList())
        {
            foreach (var restriction in restrictions)
                await restriction.CheckAsync(new RecordRef(record), owner, ct);
        }
    }

    private async Task ShowAsync(Appointment appointment, Guid? me, CancellationToken ct)
    {
        var users = appointment.Colleagues.Select(c => c.UserId).ToHashSet();
        // Who puts it into another's calendar goes on seeing it.
        var shown = me is { } maker && maker != appointment.Spine.OwnerId && appointment.Spine.CreatedById == maker ? users.Append(maker) : users;
        foreach (var user in shown.Where(u => u != appointment.Spine.OwnerId).Distinct().ToList())
        {
            if (!await sharing.ShareAsync(appointment, user, mayEdit: user == me, ct) || user == me)
                continue;
            notices.Tell(new Notice(user, AppointmentNotices.Invited.Name, "In your calendar: {0}", appointment.Subject) { RecordId = appointment.Id });
        }
    }
}

/// <summary>When an appointment's reminder is due.</summary>
internal static class Reminders
{
    /// <summary>The next reminder of something that has not begun, or null.</summary>
    public static (DateTimeOffset At, AppointmentDue Fact)? Next(Appointment appointment, DateTimeOffset after) =>
        appointment.RemindMinutes is { } minutes && appointment.NextAfter(after) is { } next
            ? (At(appointment, next).AddMinutes(-minutes), new AppointmentDue(appointment.Id, next.Start)) : null;

    // Of whole days one is reminded from nine in the morning.
    private static DateTimeOffset At(Appointment appointment, Occurrence one) => appointment.IsAllDay ? one.Start.AddHours(9) : one.Start;
}
