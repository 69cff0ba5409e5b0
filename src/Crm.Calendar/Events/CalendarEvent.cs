using Crm.Calendar.Recurrence;

namespace Crm.Calendar.Events;

/// <summary>An event of a calendar (RFC 5545 §3.6.1), once or recurring, or the change of one of its occurrences (<see cref="RecurrenceId"/>).</summary>
public sealed record CalendarEvent
{
    /// <summary>What the event is known by everywhere and for ever (§3.8.4.7).</summary>
    public required string Uid { get; init; }

    /// <summary>The version, which its organizer raises at every important change (§3.8.7.4).</summary>
    public int Sequence { get; init; }

    /// <summary>When this was written, in UTC (§3.8.7.2): of two messages of the same sequence the later counts.</summary>
    public required DateTime Stamp { get; init; }

    /// <summary>When it begins. Null only in answers and cancellations, which need not say it.</summary>
    public required CalendarTime? Start { get; init; }

    /// <summary>When it is over; of days the first day afterwards (§3.8.2.2). Null for a single day, or a moment. A length that was read instead is added to the start.</summary>
    public CalendarTime? End { get; init; }

    /// <summary>One line about it.</summary>
    public string? Summary { get; init; }

    /// <summary>All there is to say, with line breaks.</summary>
    public string? Description { get; init; }

    /// <summary>Where.</summary>
    public string? Location { get; init; }

    /// <summary>A page about it.</summary>
    public string? Url { get; init; }

    /// <summary>A word to those who are told, as with an answer (§3.8.1.4).</summary>
    public string? Comment { get; init; }

    /// <summary>Words it is sorted by.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Whether it takes place, or null where that was not said.</summary>
    public EventStatus? Status { get; init; }

    /// <summary>Who may see it.</summary>
    public EventPrivacy Privacy { get; init; }

    /// <summary>Set where its owner is free all the same (§3.8.2.7, <c>TRANSP</c>).</summary>
    public bool IsFree { get; init; }

    /// <summary>Who invites, or null.</summary>
    public CalendarPerson? Organizer { get; init; }

    /// <summary>Who is invited.</summary>
    public IReadOnlyList<Attendee> Attendees { get; init; } = [];

    /// <summary>When it happens again, or null.</summary>
    public RecurrenceRule? Rule { get; init; }

    /// <summary>Why the rule that was read is not the one that was written: refused, or one of several; null where it is. Without its rule the event is read as one that happens once.</summary>
    public string? RuleFault { get; init; }

    /// <summary>Occurrences that are left out.</summary>
    public IReadOnlyList<CalendarTime> Except { get; init; } = [];

    /// <summary>Occurrences besides those of the rule.</summary>
    public IReadOnlyList<CalendarTime> Extra { get; init; } = [];

    /// <summary>The occurrence, by the time at which it would have begun, that this one takes the place of (§3.8.4.4); null for the event itself.</summary>
    public CalendarTime? RecurrenceId { get; init; }

    /// <summary>Set where this takes the place of all occurrences from <see cref="RecurrenceId"/> on (§3.2.13).</summary>
    public bool AndFollowing { get; init; }

    /// <summary>Reminders.</summary>
    public IReadOnlyList<CalendarAlarm> Alarms { get; init; } = [];

    /// <summary>When it was made, in UTC, or null.</summary>
    public DateTime? Created { get; init; }

    /// <summary>When it was last changed, in UTC, or null.</summary>
    public DateTime? LastModified { get; init; }

    /// <summary>What was left out in reading; of its rule see <see cref="RuleFault"/>.</summary>
    public IReadOnlyList<CalendarFault> Faults { get; init; } = [];

    /// <summary>How long it takes: real time between two times, whole days between two days, a day for a single one, else nothing. Every occurrence takes as long (§3.8.5.3).</summary>
    public TimeSpan Length => (Start, End) switch
    {
        (null, _) => TimeSpan.Zero,
        ({ IsDate: true }, null) => TimeSpan.FromDays(1),
        ({ IsDate: true } start, { } end) => end.Local - start.Local,
        (_, null) => TimeSpan.Zero,
        ({ } start, { } end) => end.ToUtc(start.Zone ?? TimeZoneInfo.Utc) - start.ToUtc(start.Zone ?? TimeZoneInfo.Utc),
    };

    /// <summary>The local times at which it begins, in the zone of its start; null without a start. Occurrences that other events take the place of are still among them.</summary>
    public RecurrenceSet? Recurrence => Start is null ? null : new RecurrenceSet
    {
        Start = Start.Local,
        Rule = Rule,
        Zone = Start.Zone,
        Extra = [.. Extra.Select(time => time.LocalIn(Start.Zone))],
        Except = [.. Except.Select(time => Named(time, Start))],
    };

    // Some programs name a left-out occurrence by its day, or a day by its midnight.
    private static DateTime Named(CalendarTime time, CalendarTime start) => (time.IsDate, start.IsDate) switch
    {
        (true, false) => time.Local + start.Local.TimeOfDay,
        (false, true) => time.Local.Date,
        _ => time.LocalIn(start.Zone),
    };
}
