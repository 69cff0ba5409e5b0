namespace Crm.Calendar.Events;

/// <summary>Somebody who was invited, and what he answered (RFC 5545 §3.8.4.1).</summary>
/// <param name="Person">Who.</param>
public sealed record Attendee(CalendarPerson Person)
{
    /// <summary>What he answered.</summary>
    public Participation Answer { get; init; }

    /// <summary>What he is there for.</summary>
    public AttendeeRole Role { get; init; }

    /// <summary>Person, group, thing or room.</summary>
    public AttendeeKind Kind { get; init; }

    /// <summary>Set where an answer is wished.</summary>
    public bool AnswerWished { get; init; }
}
