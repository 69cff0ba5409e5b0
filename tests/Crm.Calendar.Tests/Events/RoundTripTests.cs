using System.Text;
using Crm.Calendar.Events;
using Crm.Calendar.Recurrence;

namespace Crm.Calendar.Tests.Events;

public sealed class RoundTripTests
{
    [Fact]
    public void An_event_with_everything_is_read_as_it_was_written()
    {
        var meeting = Samples.Meeting();
        var text = (Samples.Calendar(meeting) with { Name = "Anna, work", Refresh = TimeSpan.FromHours(12), Method = CalendarMethod.Publish }).ToString();
        var read = CalendarObject.Read(text);
        Assert.Equal(("Anna, work", TimeSpan.FromHours(12), CalendarMethod.Publish, Samples.Product), (read.Name, read.Refresh, read.Method, read.ProductId));
        var one = Assert.Single(read.Events);
        Assert.Empty(one.Faults);
        Assert.Empty(read.Faults);
        Assert.Equal(meeting.Attendees, one.Attendees);
        Assert.Equal(meeting.Except, one.Except);
        Assert.Equal(meeting.Extra, one.Extra);
        Assert.Equal(meeting.Alarms, one.Alarms);
        Assert.Equal(meeting.Categories, one.Categories);
        // Lists are compared above; all else by what records are equal by.
        Assert.Equal(Bare(meeting), Bare(one));
        Assert.Equal(text, (read with { Refresh = TimeSpan.FromHours(12) }).ToString());
    }

    [Fact]
    public void A_changed_occurrence_names_the_one_whose_place_it_takes()
    {
        var changed = Samples.Meeting() with { Rule = null, RecurrenceId = Samples.At(2026, 3, 9, 9), AndFollowing = true };
        var read = Assert.Single(CalendarObject.Read(Samples.Calendar(changed).ToBytes()).Events);
        Assert.Equal(changed.RecurrenceId, read.RecurrenceId);
        Assert.True(read.AndFollowing);
    }

    [Fact]
    public void Days_instants_and_times_without_zone_stay_what_they_are()
    {
        CalendarTime[] starts = [CalendarTime.On(new DateOnly(2026, 2, 28)), CalendarTime.AtUtc(Samples.Stamp), CalendarTime.Floating(new DateTime(2026, 2, 28, 7, 0, 0)), Samples.At(2026, 3, 29, 3, 30)];
        var text = Samples.Calendar([.. starts.Select(start => Samples.Meeting() with { Start = start, End = null, Rule = null, Except = [], Extra = [] })]).ToString();
        Assert.Equal(starts, CalendarObject.Read(text).Events.Select(one => one.Start));
        Assert.Contains("DTSTART;VALUE=DATE:20260228\r\n", text, StringComparison.Ordinal);
        Assert.Contains("DTSTART:20260504T030201Z\r\n", text, StringComparison.Ordinal);
        Assert.Contains("DTSTART:20260228T070000\r\n", text, StringComparison.Ordinal);
        Assert.Contains("DTSTART;TZID=Europe/Riga:20260329T033000\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_are_folded_at_75_bytes_and_no_character_is_cut()
    {
        var bytes = Samples.Calendar(Samples.Meeting()).ToBytes();
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        var lines = Encoding.Latin1.GetString(bytes).Split("\r\n");
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 75));
        Assert.Contains(lines, line => line.Length == 75);
        foreach (var line in lines) Assert.NotNull(strict.GetString(Encoding.Latin1.GetBytes(line)));
        Assert.DoesNotContain(lines, line => line.Contains('\n') || line.Contains('\r'));
    }

    [Fact]
    public void Nothing_that_people_type_becomes_a_line_of_its_own()
    {
        const string evil = "x\r\nATTENDEE:mailto:evil@example.org\nEND:VEVENT\u2028\u0085\0\u001b.";
        var one = Samples.Meeting() with
        {
            Uid = evil, Summary = evil, Url = evil, Location = evil, Categories = [evil], Organizer = new CalendarPerson(evil, evil), Attendees = [new Attendee(new CalendarPerson(evil, evil))],
        };
        var read = Assert.Single(CalendarObject.Read(Samples.Calendar(one).ToBytes()).Events);
        Assert.Single(read.Attendees);
        Assert.Equal("x\nATTENDEE:mailto:evil@example.org\nEND:VEVENT\n\n.", read.Summary);
        Assert.Equal("xATTENDEE:mailto:evil@example.orgEND:VEVENT\u2028.", read.Url);
    }

    [Theory]
    [InlineData("Europe/Riga", "20261231", "FREQ=DAILY;UNTIL=20261231T215959Z")]
    [InlineData("UTC", "20261231", "FREQ=DAILY;UNTIL=20261231T235959Z")]
    [InlineData("", "20261231", "FREQ=DAILY;UNTIL=20261231T235959")]
    [InlineData("", "20261231T120000Z", "FREQ=DAILY;UNTIL=20261231T120000")]
    [InlineData("date", "20261231T235959Z", "FREQ=DAILY;UNTIL=20261231")]
    public void A_rule_ends_in_the_way_in_which_its_event_begins(string zone, string until, string written)
    {
        var start = zone switch
        {
            "date" => CalendarTime.On(new DateOnly(2026, 1, 1)),
            "" => CalendarTime.Floating(new DateTime(2026, 1, 1, 9, 0, 0)),
            _ => Samples.At(2026, 1, 1, 9, 0, zone),
        };
        var one = Samples.Meeting() with { Start = start, End = null, Except = [], Extra = [], Rule = RecurrenceRule.Parse("FREQ=DAILY;UNTIL=" + until) };
        Assert.Equal(written, CalendarObject.Read(Samples.Calendar(one).ToString()).Events[0].Rule!.ToString());
    }

    [Fact]
    public void A_feed_of_ten_thousand_events_is_written_and_read()
    {
        var events = Enumerable.Range(0, 10_000).Select(n => Samples.Meeting() with { Uid = $"{n}@example.org" }).ToArray();
        Assert.Equal(10_000, CalendarObject.Read(Samples.Calendar(events).ToBytes(), new CalendarReading { MostBytes = 100_000_000 }).Events.Count);
    }

    private static CalendarEvent Bare(CalendarEvent one) => one with { Attendees = _people, Except = _times, Extra = _times, Alarms = _alarms, Categories = _words, Faults = _faults };

    private static readonly Attendee[] _people = [];
    private static readonly CalendarTime[] _times = [];
    private static readonly CalendarAlarm[] _alarms = [];
    private static readonly string[] _words = [];
    private static readonly CalendarFault[] _faults = [];
}
