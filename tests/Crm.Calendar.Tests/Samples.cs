using Crm.Calendar.Events;
using Crm.Calendar.Recurrence;

namespace Crm.Calendar.Tests;

/// <summary>Events that tests begin from.</summary>
internal static class Samples
{
    public const string Product = "-//Example//Tests//EN";

    public static readonly DateTime Stamp = new(2026, 5, 4, 3, 2, 1, DateTimeKind.Utc);

    public static TimeZoneInfo Zone(string name) => TimeZoneInfo.FindSystemTimeZoneById(name);

    public static CalendarTime At(int year, int month, int day, int hour, int minute = 0, string zone = "Europe/Riga") =>
        CalendarTime.At(new DateTime(year, month, day, hour, minute, 0), Zone(zone));

    public static CalendarEvent Meeting() => new()
    {
        Uid = "0198-meeting@example.org",
        Sequence = 2,
        Stamp = Stamp,
        Start = At(2026, 3, 2, 9),
        End = At(2026, 3, 2, 10, 30),
        Summary = "Quarterly review; plans, figures \\ “Ģertrūdes iela” 😀",
        Description = "First line\nsecond line, with a comma and a very long tail: " + string.Concat(Enumerable.Repeat("Ķīpsala 😀 ", 40)),
        Location = "Rīga, 3rd floor",
        Url = "https://example.org/m?a=1,2;b",
        Comment = "until soon",
        Categories = ["Sales", "a,b;c"],
        Status = EventStatus.Tentative,
        Privacy = EventPrivacy.Private,
        IsFree = true,
        Organizer = CalendarPerson.WithEmail("anna@example.org", "Bērziņa, Anna \"AB\""),
        Attendees =
        [
            new Attendee(CalendarPerson.WithEmail("bo@example.org", "Bo: Ek")) { AnswerWished = true },
            new Attendee(CalendarPerson.WithEmail("room+1@example.org")) { Kind = AttendeeKind.Room, Role = AttendeeRole.Optional, Answer = Participation.Accepted },
        ],
        Rule = RecurrenceRule.Parse("FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261231T215959Z"),
        Except = [At(2026, 3, 4, 9)],
        Extra = [At(2026, 3, 6, 9), CalendarTime.AtUtc(new DateTime(2026, 4, 1, 0, 30, 0))],
        Alarms = [new CalendarAlarm(TimeSpan.FromMinutes(-15), "Soon")],
        Created = Stamp.AddDays(-3),
        LastModified = Stamp.AddDays(-1),
    };

    public static CalendarObject Calendar(params CalendarEvent[] events) => new() { ProductId = Product, Events = events };

    /// <summary>A calendar of hand-written lines.</summary>
    public static CalendarObject Read(params string[] lines) => CalendarObject.Read(Text(lines));

    public static string Text(params string[] lines) =>
        string.Join("\r\n", [.. (string[])["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x"], .. lines, "END:VCALENDAR", ""]);

    /// <summary>One event of hand-written lines besides those that every event has.</summary>
    public static CalendarEvent ReadEvent(params string[] lines) =>
        Assert.Single(Read([.. (string[])["BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z"], .. lines, "END:VEVENT"]).Events);
}
