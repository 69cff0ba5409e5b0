using Crm.Calendar.Events;
using Crm.Calendar.Recurrence;
using Crm.Calendar.Zones;

namespace Crm.Activities.Appointments;

/// <summary>Appointments as other calendars read them (RFC 5545).</summary>
internal static class CalendarText
{
    public const string Product = "-//CRM Server//Calendar//EN";

    /// <summary>The events of appointments: a time that another of them stands for is that one's, and not left out.</summary>
    public static IReadOnlyList<CalendarEvent> Events(IReadOnlyList<Appointment> appointments, Func<Appointment, CalendarPerson?> organizer, Uri? site)
    {
        var moved = appointments.Where(a => a is { SeriesKey: not null, SeriesDay: not null }).ToLookup(a => a.SeriesKey!.Value, a => a.SeriesDay!.Value);
        var there = appointments.ToDictionary(a => a.Id);
        return [.. appointments.Select(a => Event(a, moved[a.Id].ToHashSet(), organizer(a), site, a.SeriesKey is { } key ? there.GetValueOrDefault(key) : null))];
    }

    /// <summary>One event.</summary>
    /// <param name="appointment">The appointment.</param>
    /// <param name="moved">Days of its rule for which other events of the same calendar stand.</param>
    /// <param name="organizer">Who invites, or null.</param>
    /// <param name="site">Where this server is, for whoever may come here; else null.</param>
    /// <param name="series">The series for a time of which it stands, where the reader has that; else null.</param>
    public static CalendarEvent Event(Appointment appointment, IReadOnlySet<DateOnly> moved, CalendarPerson? organizer, Uri? site, Appointment? series)
    {
        var zone = appointment.ZoneInfo;
        CalendarTime Time(DateTime local) => appointment.IsAllDay ? CalendarTime.On(DateOnly.FromDateTime(local)) : CalendarTime.At(local, zone);
        return new CalendarEvent
        {
            // Alone, a moved time is an event of its own: a reader of its series' name would look for the series.
            Uid = appointment.SeriesKey is not null && series is null ? appointment.Id.ToString() : appointment.Uid,
            Sequence = appointment.Sequence,
            Stamp = appointment.Spine.UpdatedAt.UtcDateTime,
            Created = appointment.Spine.CreatedAt.UtcDateTime,
            LastModified = appointment.Spine.UpdatedAt.UtcDateTime,
            Start = Time(appointment.LocalStart),
            End = Time(appointment.LocalEnd),
            Summary = appointment.Subject,
            Description = appointment.Text,
            Location = appointment.Place,
            Url = site is null ? null : new Uri(site, $"/activities/appointments/{appointment.Id}").ToString(),
            Status = appointment.IsPlanned ? EventStatus.Confirmed : EventStatus.Cancelled,
            Rule = Rule(appointment),
            Except = [.. appointment.Skips.Select(s => s.Day).Where(day => !moved.Contains(day)).Order().Select(day => Time(appointment.TimeOn(day)))],
            RecurrenceId = series is not null && appointment.SeriesDay is { } of ? SeriesTime(series, of) : null,
            Organizer = organizer,
            Attendees = [.. appointment.Guests.Select(g => new Attendee(CalendarPerson.WithEmail(g.Email, g.Name)) { Answer = g.Answer, AnswerWished = g.Answer == Participation.NeedsAction })],
            Alarms = appointment.RemindMinutes is { } minutes ? [new CalendarAlarm(TimeSpan.FromMinutes(-minutes), appointment.Subject)] : [],
        };
    }

    // As the series has it by now: it may have got another time since.
    private static CalendarTime SeriesTime(Appointment series, DateOnly day) =>
        series.IsAllDay ? CalendarTime.On(day) : CalendarTime.At(series.TimeOn(day), series.ZoneInfo);

    // The end of a rule is of the kind of its start: a day with days, else an instant (RFC 5545 §3.3.10).
    private static RecurrenceRule? Rule(Appointment appointment)
    {
        if (appointment.ReadRule() is not { Until: { } until } rule)
            return appointment.ReadRule();
        var last = until.LastDay(appointment.ZoneInfo);
        if (appointment.IsAllDay)
            return rule with { Until = RuleEnd.On(last) };
        return until.Kind == RuleEndKind.Utc ? rule
            : rule with { Until = RuleEnd.AtUtc(LocalTimes.ToUtc(until.Kind == RuleEndKind.Day ? last.ToDateTime(new TimeOnly(23, 59, 59)) : until.Value, appointment.ZoneInfo)) };
    }
}
