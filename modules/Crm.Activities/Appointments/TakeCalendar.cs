using Crm.Abstractions.Data;
using Crm.Abstractions.Notifications;
using Crm.Abstractions.Records;
using Crm.Calendar;
using Crm.Calendar.Events;
using Crm.Calendar.Invitations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Appointments;

/// <summary>What came of a calendar that was taken in.</summary>
internal sealed class TakenCalendar
{
    public int Added { get; set; }

    public int Changed { get; set; }

    public int CalledOff { get; set; }

    public int Answers { get; set; }

    /// <summary>What was left out, with the reason.</summary>
    public List<(string What, string Reason)> Left { get; } = [];
}

/// <summary>Takes a calendar's events into the caller's own calendar, each by the name that all calendars know it by; and answers to invitations.</summary>
internal sealed class TakeCalendar(CrmDb db, FindGuests find, INotices notices, IStringLocalizer<ActivitiesText> text)
{
    /// <summary>More events than this are no calendar that somebody means to take in at once.</summary>
    public const int MostEvents = 1_000;

    /// <exception cref="CalendarFormatException">The message can't be read.</exception>
    public async Task<TakenCalendar> RunAsync(CalendarObject calendar, TimeZoneInfo zone, CancellationToken ct)
    {
        var taken = new TakenCalendar();
        taken.Left.AddRange(calendar.Faults.Select(f => ("", f.Reason)));
        if (calendar.Method is CalendarMethod.Reply)
        {
            await AnswersAsync(Invitation.Read(calendar), taken, ct);
            return taken;
        }

        if (calendar.Method is not (null or CalendarMethod.Publish or CalendarMethod.Request or CalendarMethod.Cancel))
            throw new CalendarFormatException($"A calendar that is sent to {calendar.Method.ToString()!.ToLowerInvariant()} is not taken in.");
        var me = (await db.RightsAsync(ct)).UserId ?? throw new NotAllowed();
        // A series before the changes of its times.
        foreach (var one in calendar.Events.OrderBy(e => e.RecurrenceId is not null).Take(MostEvents))
        {
            await EachAsync(EventReading.Shown(one, text["Private"]), me, zone, calendar.Method is CalendarMethod.Cancel || one.Status == EventStatus.Cancelled, taken, ct);
            db.ChangeTracker.Clear();
        }

        if (calendar.Events.Count > MostEvents)
            taken.Left.Add(("", $"Only the first {MostEvents} events were taken in."));
        return taken;
    }

    private async Task EachAsync(CalendarEvent one, Guid me, TimeZoneInfo zone, bool isOff, TakenCalendar taken, CancellationToken ct)
    {
        try
        {
            var known = await FindAsync(one, me, ct);
            if (isOff)
                await CallOffAsync(one, known, me, taken, ct);
            else
                await TakeAsync(one, known, me, zone, taken, ct);
        }
        catch (RuleViolation wrong)
        {
            taken.Left.Add((one.Summary ?? one.Uid, string.Join(' ', wrong.Messages.SelectMany(m => m.Value).Select(m => m.ToString()))));
        }
        catch (CalendarFormatException wrong)
        {
            taken.Left.Add((one.Summary ?? one.Uid, wrong.Message));
        }
        catch (DbUpdateConcurrencyException)
        {
            taken.Left.Add((one.Summary ?? one.Uid, "Somebody changed it at the same moment: take the file in again."));
        }
    }

    private async Task TakeAsync(CalendarEvent one, Appointment? known, Guid me, TimeZoneInfo zone, TakenCalendar taken, CancellationToken ct)
    {
        if (known is not null && one.Sequence < known.Sequence)
            throw new CalendarFormatException("This is older than what stands in the calendar.");
        var appointment = known ?? Appointment.New();
        var stand = known?.Rule is null ? [] : (await db.SinglesAsync(known.Id, ct)).ConvertAll(s => s.SeriesDay);
        EventReading.Write(one, appointment, zone, [.. stand.OfType<DateOnly>()]);
        if (known is null)
        {
            appointment.Assign(me);
            appointment.Uid = one.Uid;
            if (one.RecurrenceId is not null && await SeriesAsync(one.Uid, me, ct) is { } series)
            {
                var at = one.RecurrenceId.LocalIn(series.ZoneInfo);
                appointment.StandFor(series, at);
                series.Skip(at, isMoved: true);
            }

            db.Add(appointment);
        }
        else if (!known.IsPlanned)
        {
            known.Reopen();
            await db.ReopenSinglesAsync(known, DateOnly.MinValue, ct);
        }

        await find.RunAsync(one, appointment, ct);
        appointment.Follow(one.Sequence);
        appointment.Check();
        await db.SaveChangesAsync(ct);
        (taken.Added, taken.Changed) = (taken.Added + (known is null ? 1 : 0), taken.Changed + (known is null ? 0 : 1));
    }

    private async Task CallOffAsync(CalendarEvent one, Appointment? known, Guid me, TakenCalendar taken, CancellationToken ct)
    {
        if (known is { IsPlanned: true })
        {
            known.Cancel();
            await db.CancelSinglesAsync(known, DateOnly.MinValue, ct);
        }
        else if (one.RecurrenceId is { } id && await SeriesAsync(one.Uid, me, ct) is { } series)
        {
            series.Skip(id.LocalIn(series.IsAllDay ? null : series.ZoneInfo));
        }
        else
        {
            return;
        }

        await db.SaveChangesAsync(ct);
        taken.CalledOff++;
    }

    private async Task<Appointment?> FindAsync(CalendarEvent one, Guid me, CancellationToken ct)
    {
        if (one.RecurrenceId is not { } id)
            return await SeriesAsync(one.Uid, me, ct);
        var singles = await Mine(me).Where(a => a.Uid == one.Uid && a.SeriesKey != null).ToListAsync(ct);
        return singles.Find(a => IsOf(a, id));
    }

    // The day says which time of a series is meant: it may have begun at another hour when the other calendar wrote.
    private static bool IsOf(Appointment single, CalendarTime id) =>
        single.SeriesDay == DateOnly.FromDateTime(single.SeriesTime is null || id.IsDate ? id.Local : id.LocalIn(single.ZoneInfo));

    private Task<Appointment?> SeriesAsync(string uid, Guid me, CancellationToken ct) =>
        Mine(me).FirstOrDefaultAsync(a => a.Uid == uid && a.SeriesKey == null, ct);

    // His own calendar is his to change: no other's is touched, whatever the file says.
    private IQueryable<Appointment> Mine(Guid me) => db.Set<Appointment>().Include(a => a.Spine.Abouts).Include(a => a.Colleagues).Include(a => a.Skips).Include(a => a.Guests).AsSplitQuery()
        .Where(a => a.Spine.OwnerId == me && a.Spine.DeletedAt == null);

    private async Task AnswersAsync(InvitationMessage reply, TakenCalendar taken, CancellationToken ct)
    {
        var asked = await (await db.VisibleAsync<Appointment>(ct)).Include(a => a.Spine).Include(a => a.Guests).Where(a => a.Uid == reply.Uid).ToListAsync(ct);
        foreach (var attendee in reply.Attendees)
        {
            var email = attendee.Person.Email ?? "";
            var guests = asked.Where(a => reply.RecurrenceId is null ? a.SeriesKey is null : IsOf(a, reply.RecurrenceId))
                .SelectMany(a => a.Guests.Where(g => g.Has(email)).Select(g => (Appointment: a, Guest: g))).ToList();
            if (guests.Count == 0)
                taken.Left.Add((attendee.Person.Name ?? email, "Nobody of this address was invited to an appointment that you see."));
            foreach (var (appointment, guest) in guests)
            {
                if (!await db.MayAsync(ActivitiesPermissions.EditAppointments.Name, appointment.Spine, ct))
                    taken.Left.Add((appointment.Subject, "You are not allowed to change this appointment."));
                else if (reply.Sequence < guest.AskedSequence)
                    taken.Left.Add((guest.Name ?? email, "This answers an older invitation."));
                else if (!guest.Take(attendee.Answer, new DateTimeOffset(DateTime.SpecifyKind(reply.Stamp, DateTimeKind.Utc))))
                    taken.Left.Add((guest.Name ?? email, "A later answer is known."));
                else
                    Note(appointment, guest, taken);
            }
        }

        await db.SaveChangesAsync(ct);
    }

    private void Note(Appointment appointment, Guest guest, TakenCalendar taken)
    {
        taken.Answers++;
        if (appointment.Spine.OwnerId is not { } owner)
            return;
        var said = guest.Answer switch { Participation.Accepted => "{0} comes: {1}", Participation.Declined => "{0} does not come: {1}", _ => "{0} may come: {1}" };
        notices.Tell(new Notice(owner, AppointmentNotices.Answered.Name, said, guest.Name ?? guest.Email, appointment.Subject) { RecordId = appointment.Id });
    }
}
