using Crm.Calendar.Text;

namespace Crm.Calendar.Events;

/// <summary>Reads organizers and attendees.</summary>
internal static class PersonReader
{
    public static CalendarPerson Person(CalendarProperty property)
    {
        var person = new CalendarPerson(property.Value.Trim(), property["CN"] is { Length: > 0 } name ? name : null);
        // Some servers write an address of their own, and the one of e-mail beside it (RFC 7986 §6.2).
        return person.Email is null && property["EMAIL"] is { Length: > 0 } email ? CalendarPerson.WithEmail(email, person.Name) : person;
    }

    public static Attendee Attendee(CalendarProperty property) => new(Person(property))
    {
        Answer = (Participation)Math.Max(0, Words.Place(Words.Answers, property["PARTSTAT"])),
        Role = (AttendeeRole)Math.Max(0, Words.Place(Words.Roles, property["ROLE"])),
        Kind = property["CUTYPE"] is not { } kind ? AttendeeKind.Individual : Words.Place(Words.Kinds, kind) is >= 0 and var place ? (AttendeeKind)place : AttendeeKind.Unknown,
        AnswerWished = property["RSVP"]?.Equals("TRUE", StringComparison.OrdinalIgnoreCase) == true,
    };
}
