using Crm.Calendar.Events;

namespace Crm.Calendar.Invitations;

/// <summary>What a message between an organizer and those he invites says (RFC 5546 §1.4).</summary>
public sealed record InvitationMessage
{
    /// <summary>What it is sent for.</summary>
    public required CalendarMethod Method { get; init; }

    /// <summary>The event that it is about.</summary>
    public required string Uid { get; init; }

    /// <summary>The version of the event; in an answer the one that was answered.</summary>
    public required int Sequence { get; init; }

    /// <summary>When the message was written, in UTC.</summary>
    public required DateTime Stamp { get; init; }

    /// <summary>The occurrence that it is about, or null for the whole event.</summary>
    public CalendarTime? RecurrenceId { get; init; }

    /// <summary>Who invites, or null where that is not said.</summary>
    public CalendarPerson? Organizer { get; init; }

    /// <summary>Who is invited, with what each answered; in an answer the one who gives it.</summary>
    public required IReadOnlyList<Attendee> Attendees { get; init; }

    /// <summary>A word to those who are told, or null.</summary>
    public string? Comment { get; init; }

    /// <summary>All events of the message: the event, and changes of its occurrences.</summary>
    public required IReadOnlyList<CalendarEvent> Events { get; init; }

    /// <summary>Set where this is newer than what is known already: a higher sequence, or the same and written later (§2.1.5).</summary>
    /// <param name="sequence">The sequence of what is known.</param>
    /// <param name="stamp">When what is known was written, in UTC.</param>
    public bool Supersedes(int sequence, DateTime stamp) => Sequence > sequence || (Sequence == sequence && Stamp > stamp);

    /// <summary>What somebody answered, or null where he is not in it.</summary>
    /// <param name="email">His address, in whatever capitals.</param>
    public Participation? AnswerOf(string email) => Attendees.FirstOrDefault(attendee => attendee.Person.Has(email))?.Answer;
}
