using System.Text;
using Crm.Calendar.Events;

namespace Crm.Calendar.Tests.Events;

public sealed class ReadingTests
{
    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\n")]
    [InlineData("\r\n\r\n")]
    public void Lines_end_as_they_please(string end)
    {
        var text = Samples.Text("BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z", "DTSTART:20260101", "SUMMARY:long", "  line", "END:VEVENT").Replace("\r\n", end, StringComparison.Ordinal);
        Assert.Equal("long line", CalendarObject.Read("\ufeff" + text).Events[0].Summary);
    }

    [Fact]
    public void Names_are_read_in_any_capitals_and_folds_in_the_middle_of_a_character()
    {
        var text = Encoding.UTF8.GetBytes("begin:vcalendar\nBegin:Vevent\nuid:1\ndtstart;value=date:20260101\nsummary:Rī\n ga\nend:VEVENT\nend:vcalendar");
        // Between the two bytes of the ī.
        var at = Array.IndexOf(text, (byte)0xC4) + 1;
        byte[] split = [.. text[..at], (byte)'\n', (byte)' ', .. text[at..]];
        Assert.Equal("Rīga", CalendarObject.Read(split).Events[0].Summary);
    }

    [Fact]
    public void Parameters_are_quoted_listed_and_escaped()
    {
        var one = Samples.ReadEvent("DTSTART:20260101T100000Z", "ATTENDEE;MEMBER=\"mailto:a@b.c\",\"x;y\";CN=\"Ek; Bo, ^'B^' ^^ ^n\";PARTSTAT=accepted;X-A=:MAILTO:Bo%2B1@Example.org");
        var attendee = Assert.Single(one.Attendees);
        Assert.Equal("Ek; Bo, \"B\" ^ \n", attendee.Person.Name);
        Assert.Equal(Participation.Accepted, attendee.Answer);
        Assert.True(attendee.Person.Has("bo+1@example.ORG"));
    }

    [Fact]
    public void Utf16_with_its_mark_is_read_and_other_encodings_are_refused_with_the_line()
    {
        var text = Samples.Text("BEGIN:VEVENT", "UID:1", "DTSTART:20260101", "SUMMARY:Rīga", "END:VEVENT");
        Assert.Equal("Rīga", CalendarObject.Read((byte[])[0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)]).Events[0].Summary);
        Assert.Equal("Rīga", CalendarObject.Read((byte[])[0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)]).Events[0].Summary);
        var fault = Assert.Throws<CalendarFormatException>(() => CalendarObject.Read(Encoding.Latin1.GetBytes(text.Replace('ī', 'é'))));
        Assert.Equal(7, fault.Line);
        Assert.Contains("UTF-8", fault.Reason, StringComparison.Ordinal);
        Assert.Throws<CalendarFormatException>(() => CalendarObject.Read(Encoding.Unicode.GetBytes(text)));
    }

    [Theory]
    [InlineData("P1D", "2026-03-29 10:00")] // a day is the same hour
    [InlineData("PT24H", "2026-03-29 11:00")] // and 24 hours are not
    [InlineData("P1W", "2026-04-04 10:00")]
    [InlineData("P1DT1H30M5S", "2026-03-29 11:30")]
    [InlineData("-PT1H", null)]
    [InlineData("PT", null)]
    [InlineData("P99999999999999999999D", null)]
    [InlineData("P360000D", "3011-11-20 10:00")]
    public void A_length_is_added_to_the_start(string length, string? end)
    {
        var one = Samples.ReadEvent("DTSTART;TZID=Europe/Riga:20260328T100000", "DURATION:" + length);
        Assert.Equal(end, one.End is null ? null : $"{one.End.Local:yyyy-MM-dd HH:mm}");
        Assert.Equal(end is null ? 1 : 0, one.Faults.Count);
    }

    [Fact]
    public void Every_occurrence_has_the_hour_of_its_own_date()
    {
        var one = Samples.ReadEvent("DTSTART;TZID=America/New_York:20260306T090000", "DTEND;TZID=America/New_York:20260306T100000", "RRULE:FREQ=DAILY;COUNT=4", "EXDATE:20260307T140000Z", "EXDATE;TZID=Europe/Riga:20260308T150000");
        var zone = Samples.Zone("America/New_York");
        Assert.Equal(TimeSpan.FromHours(1), one.Length);
        Assert.Equal([14, 13], one.Recurrence!.All().Select(local => CalendarTime.At(local, zone).ToUtc(zone).Hour));
    }

    [Fact]
    public void A_left_out_occurrence_may_be_named_by_its_day()
    {
        Assert.Equal([1, 3], Days("DTSTART:20260101T100000Z", "EXDATE;VALUE=DATE:20260102"));
        Assert.Equal([1, 3], Days("DTSTART;VALUE=DATE:20260101", "EXDATE:20260102T000000"));

        static IEnumerable<int> Days(string start, string except) => Samples.ReadEvent(start, except, "RRULE:FREQ=DAILY;COUNT=3").Recurrence!.All().Select(time => time.Day);
    }

    [Fact]
    public void What_cannot_be_understood_of_an_event_is_left_out_and_named()
    {
        var one = Samples.ReadEvent("DTSTART:20260101T100000Z", "DTEND:20250101T100000Z", "RRULE:FREQ=HOURLY", "EXDATE:nonsense", "SEQUENCE:two", "STATUS:MAYBE", "CLASS:X-SECRET", "CREATED:20260101", "SUMMARY:still there");
        Assert.Equal("still there", one.Summary);
        Assert.Equal((0, null, null, EventPrivacy.Private), (one.Sequence, one.Rule, one.Status, one.Privacy));
        Assert.Equal([8, 9, 10, 11, 14], one.Faults.Select(fault => fault.Line).Order());
        Assert.Contains(one.Faults, fault => fault.Reason.Contains("HOURLY", StringComparison.Ordinal));
    }

    [Fact]
    public void An_event_that_is_none_is_named_and_the_others_are_read()
    {
        var read = Samples.Read("BEGIN:VEVENT", "DTSTART:20260101", "END:VEVENT", "BEGIN:VTODO", "UID:t", "END:VTODO", "BEGIN:VEVENT", "UID:2", "DTSTART:soon", "END:VEVENT", "BEGIN:VEVENT", "UID:3", "DTSTART:20260101", "END:VEVENT");
        Assert.Equal("3", Assert.Single(read.Events).Uid);
        Assert.Equal([4, 12], read.Faults.Select(fault => fault.Line));
    }

    [Fact]
    public void An_address_of_a_servers_own_yields_to_the_one_of_e_mail()
    {
        var one = Samples.ReadEvent("DTSTART:20260101", "ORGANIZER;CN=Anna;EMAIL=anna@example.org:/principals/7", "ATTENDEE:bo@example.org", "ATTENDEE:urn:x");
        Assert.Equal("anna@example.org", one.Organizer!.Email);
        Assert.Equal(["bo@example.org", null], one.Attendees.Select(attendee => attendee.Person.Email));
    }

    [Fact]
    public void Several_calendars_of_one_text_are_all_read() =>
        Assert.Equal(2, CalendarObject.ReadAll(Encoding.UTF8.GetBytes(Samples.Text() + Samples.Text())).Count);
}
