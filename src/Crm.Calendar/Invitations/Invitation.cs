using Crm.Calendar.Events;

namespace Crm.Calendar.Invitations;

/// <summary>Messages between an organizer and those he invites (RFC 5546 §3.2), written and read. They travel as <c>text/calendar</c> with the method as its parameter (RFC 6047 §2.4).</summary>
public static class Invitation
{
    /// <summary>Invites, or tells of a change; whoever changed something important has raised <see cref="CalendarEvent.Sequence"/> before (§3.2.2).</summary>
    /// <param name="productId">The program that writes it.</param>
    /// <param name="events">The event with its organizer and attendees, and changes of its occurrences if there are any. Reminders are the organizer's own and stay behind.</param>
    /// <exception cref="CalendarFormatException">An event has no start, no organizer or nobody who is invited, or they are several events.</exception>
    public static CalendarObject Request(string productId, params IReadOnlyList<CalendarEvent> events)
    {
        CheckSame(events);
        foreach (var one in events)
        {
            CheckOrganized(one);
            if (one.Start is null) throw new CalendarFormatException("An invitation needs a start.");
        }

        return Message(productId, CalendarMethod.Request, [.. events.Select(one => one with { Status = one.Status ?? EventStatus.Confirmed, Alarms = [] })]);
    }

    /// <summary>Calls an event off; with <see cref="CalendarEvent.RecurrenceId"/> one occurrence; with fewer attendees for these only (§3.2.5).</summary>
    /// <param name="productId">The program that writes it.</param>
    /// <param name="called">The event, its sequence raised, with those who are told as attendees.</param>
    /// <exception cref="CalendarFormatException">The event has no organizer or nobody who is told.</exception>
    public static CalendarObject Cancel(string productId, CalendarEvent called)
    {
        CheckOrganized(called);
        return Message(productId, CalendarMethod.Cancel, [called with { Status = EventStatus.Cancelled, Alarms = [] }]);
    }

    /// <summary>Answers an invitation (§3.2.3).</summary>
    /// <param name="productId">The program that writes it.</param>
    /// <param name="invited">The event as it was received; its sequence goes back as it came.</param>
    /// <param name="who">Who answers: one of its attendees, or somebody to whom the invitation was passed on.</param>
    /// <param name="answer">What he answers.</param>
    /// <param name="stamp">Now, in UTC.</param>
    /// <param name="comment">A word to the organizer, or null.</param>
    /// <exception cref="CalendarFormatException">The event has no organizer, or the answer is none.</exception>
    public static CalendarObject Reply(string productId, CalendarEvent invited, CalendarPerson who, Participation answer, DateTime stamp, string? comment = null)
    {
        if (invited.Organizer is null) throw new CalendarFormatException("An invitation without organizer cannot be answered.");
        if (answer is not (Participation.Accepted or Participation.Declined or Participation.Tentative)) throw new CalendarFormatException("An answer is yes, no or perhaps.");
        var known = who.Email is { } email ? invited.Attendees.FirstOrDefault(attendee => attendee.Person.Has(email)) : null;
        var reply = new CalendarEvent
        {
            Uid = invited.Uid,
            Sequence = invited.Sequence,
            Stamp = stamp,
            Start = invited.Start,
            End = invited.End,
            RecurrenceId = invited.RecurrenceId,
            Summary = invited.Summary,
            Organizer = invited.Organizer,
            Attendees = [(known ?? new Attendee(who)) with { Answer = answer, AnswerWished = false }],
            Comment = comment,
        };
        return Message(productId, CalendarMethod.Reply, [reply]);
    }

    /// <summary>What a received message says.</summary>
    /// <param name="calendar">The message.</param>
    /// <exception cref="CalendarFormatException">It has no method and is a mere file, has no event that can be read, several events, or an answer of nobody or of several.</exception>
    public static InvitationMessage Read(CalendarObject calendar)
    {
        if (calendar.Method is not { } method) throw new CalendarFormatException("The calendar has no METHOD: it is a file and no message.");
        if (calendar.Events.Count == 0 && calendar.Faults is [var fault, ..]) throw new CalendarFormatException(fault.Reason, fault.Line);
        CheckSame(calendar.Events);
        var main = calendar.Events.FirstOrDefault(one => one.RecurrenceId is null) ?? calendar.Events[0];
        if (method == CalendarMethod.Reply && calendar.Events.Any(one => one.Attendees.Count != 1)) throw new CalendarFormatException("An answer is given by one attendee.");
        return new InvitationMessage
        {
            Method = method,
            Uid = main.Uid,
            Sequence = main.Sequence,
            Stamp = main.Stamp,
            RecurrenceId = main.RecurrenceId,
            Organizer = main.Organizer,
            Attendees = main.Attendees,
            Comment = main.Comment,
            Events = calendar.Events,
        };
    }

    private static CalendarObject Message(string productId, CalendarMethod method, IReadOnlyList<CalendarEvent> events) =>
        new() { ProductId = productId, Method = method, Events = events };

    private static void CheckSame(IReadOnlyList<CalendarEvent> events)
    {
        if (events.Count == 0) throw new CalendarFormatException("A message is about an event.");
        if (events.Any(one => one.Uid != events[0].Uid)) throw new CalendarFormatException("A message is about one event.");
    }

    private static void CheckOrganized(CalendarEvent one)
    {
        if (one.Organizer is null) throw new CalendarFormatException("An invitation needs an organizer.");
        if (one.Attendees.Count == 0) throw new CalendarFormatException("An invitation needs somebody who is invited.");
    }
}
