using Crm.Abstractions.Contacts;
using Crm.Abstractions.Data;
using Crm.Abstractions.Events;
using Crm.Abstractions.Jobs;
using Crm.Abstractions.Notifications;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Calendar.Zones;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Appointments;

/// <summary>Gives a new appointment to somebody, shows it to the colleagues who take part, plans its reminder, and refuses a contact with a customer whom others are designated for.</summary>
internal sealed class WhenAppointmentPlanned(CrmDb db, IDueFacts due, TellOnce tell, INotices notices, IRecordSharing sharing, IStaff staff, IEnumerable<IContactRestriction> restrictions, TimeProvider clock)
    : IEventHandler<AppointmentPlanned>
{
    public async Task HandleAsync(AppointmentPlanned fact, CancellationToken ct)
    {
        var found = await db.Set<Appointment>().Include(a => a.Spine.Abouts).Include(a => a.Colleagues).Include(a => a.Skips).AsSplitQuery()
            .FirstOrDefaultAsync(a => a.Id == fact.AppointmentId, ct);
        if (found is not { } appointment)
            return;
        var me = (await db.RightsAsync(ct)).UserId;
        var isNew = appointment.TakeNew();
        if (isNew && appointment.Spine.OwnerId is null)
            appointment.Assign(me);
        var isLive = appointment.IsPlanned && appointment.Spine is { DeletedAt: null, ErasedAt: null };
        foreach (var user in appointment.TakeLeft().Where(u => u != me))
            await sharing.WithdrawAsync(appointment, user, ct);
        if (isLive)
        {
            await CheckAsync(appointment, ct);
            await ShowAsync(appointment, me, isNew && !appointment.IsPart, ct);
        }

        if (appointment.TakeNews() is { } news && appointment.Spine is { DeletedAt: null, ErasedAt: null })
            await TellAsync(appointment, news, me, ct);

        // Who was reminded of a time is not reminded of it again because a word was changed.
        var told = isNew ? null : await tell.LastAsync(appointment.Id, AppointmentNotices.Reminder, ct);
        if (isLive && Reminders.Next(appointment, clock.GetUtcNow(), told) is { } next)
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

    private async Task ShowAsync(Appointment appointment, Guid? me, bool isNew, CancellationToken ct)
    {
        if (isNew && appointment.Spine.OwnerId is { } owner && owner != me && me is not null)
            Tell(owner);
        var users = appointment.Colleagues.Select(c => c.UserId).ToHashSet();
        // Who puts it into another's calendar goes on seeing it.
        var shown = me is { } maker && maker != appointment.Spine.OwnerId && appointment.Spine.CreatedById == maker ? users.Append(maker) : users;
        foreach (var user in shown.Where(u => u != appointment.Spine.OwnerId).Distinct().ToList())
        {
            if (await sharing.ShareAsync(appointment, user, mayEdit: user == me, ct) && user != me && !appointment.IsPart)
                Tell(user);
        }

        void Tell(Guid user) => notices.Tell(new Notice(user, AppointmentNotices.Invited.Name, "In your calendar: {0}", appointment.Subject) { RecordId = appointment.Id });
    }

    // Who plans otherwise knows it; the others would go there for nothing. What is over concerns nobody.
    private async Task TellAsync(Appointment appointment, AppointmentNews news, Guid? me, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var one = news.At is { } at ? appointment.On(at) : appointment.NextAfter(now) ?? appointment.On(appointment.LocalStart);
        if (one.End <= now)
            return;
        var text = news.Kind switch { NewsKind.Moved => "Moved: {0}, {1}", NewsKind.CalledOff => "Called off: {0}, {1}", _ => "Takes place: {0}, {1}" };
        await notices.TellAsync(staff, appointment, appointment.Participants().Where(u => u != me), AppointmentNotices.Invited, text, one, ct);
    }
}

/// <summary>When an appointment's reminder is due.</summary>
internal static class Reminders
{
    /// <summary>The next reminder of something that has not begun, or null.</summary>
    /// <param name="appointment">The appointment.</param>
    /// <param name="now">The moment.</param>
    /// <param name="told">The beginning of the time that was reminded of already.</param>
    public static (DateTimeOffset At, AppointmentDue Fact)? Next(Appointment appointment, DateTimeOffset now, DateTimeOffset? told = null)
    {
        if (appointment.RemindMinutes is not { } minutes)
            return null;
        // Of a day one is reminded though it has begun.
        var next = appointment.NextAfter(appointment.IsAllDay ? now.AddDays(-1) : now);
        while (next is not null && (At(appointment, next) <= now || next.Start <= told))
            next = appointment.NextAfter(next.Start > told ? next.Start : told ?? next.Start);
        return next is null ? null : (At(appointment, next).AddMinutes(-minutes), new AppointmentDue(appointment.Id, next.Start));
    }

    /// <summary>The moment before which one is reminded: of whole days nine in the morning.</summary>
    public static DateTimeOffset At(Appointment appointment, Occurrence one) =>
        appointment.IsAllDay ? new(LocalTimes.ToUtc(one.Local.AddHours(9), appointment.ZoneInfo)) : one.Start;
}
