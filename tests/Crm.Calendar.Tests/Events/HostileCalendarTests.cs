using System.Diagnostics;
using System.Text;
using Crm.Calendar.Events;
using Crm.Calendar.Recurrence;

namespace Crm.Calendar.Tests.Events;

public sealed class HostileCalendarTests
{
    private static readonly string[] _pieces =
    [
        "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "BEGIN:STANDARD", "END:STANDARD", "BEGIN:VALARM", "END:VALARM", "UID:1", "TZID:Z1", "TZOFFSETFROM:+0200", "TZOFFSETTO:-1200",
        "DTSTART:16010101T000000", "DTSTART;TZID=Z1:20260101T000000", "DTSTART:99991231T235959Z", "DTSTART:00010101T000000", "DTEND:99991231", "DURATION:P999999999W", "DURATION:-P3650000D", "TRIGGER:-PT99999999H",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "RRULE:FREQ=DAILY;UNTIL=99991231T235959Z", "RRULE:FREQ=WEEKLY;COUNT=3;INTERVAL=2147483647", "EXDATE;TZID=Nowhere:20260101T000000,1,,", "RDATE;VALUE=PERIOD:20260101T000000Z/PT1H",
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20260101", "ATTENDEE;CN=\"a", "ATTENDEE;CN=a;:x", "X;=:", " folded", ":", "", "SUMMARY:\\", "DTSTART;TZID=../../etc/passwd:20260101T000000", "DTSTART;TZID=/:20260101T000000",
    ];

    public static TheoryData<int> Random => Seeds.Some(25);

    [Theory]
    [InlineData("BEGIN:VCALENDAR", 1, "no END")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR", 3, "END of BEGIN:VEVENT")]
    [InlineData("BEGIN:VCALENDAR\nEND:VCALENDAR\nX:y", 3, "outside")]
    [InlineData("END:VCALENDAR", 1, "no BEGIN")]
    [InlineData("BEGIN:VEVENT\nEND:VEVENT", 1, "BEGIN:VCALENDAR")]
    [InlineData("BEGIN:VCALENDAR\nno colon here\nEND:VCALENDAR", 2, "colon")]
    [InlineData("BEGIN:VCALENDAR\nSUMMARY;X=\"y:z\nEND:VCALENDAR", 2, "quoted")]
    [InlineData("BEGIN:VCALENDAR\nSUMMARY;X:z\nEND:VCALENDAR", 2, "no value")]
    [InlineData("BEGIN:VCALENDAR\n:z\nEND:VCALENDAR", 2, "no name")]
    [InlineData("BEGIN:VCALENDAR\nMETHOD:DANCE\nEND:VCALENDAR", 2, "METHOD")]
    [InlineData(" BEGIN:VCALENDAR", 1, "space")]
    [InlineData("", 0, "no BEGIN:VCALENDAR")]
    [InlineData("<html>not found</html>", 1, "no name")]
    public void What_is_no_calendar_is_refused_with_line_and_reason(string text, int line, string reason)
    {
        var fault = Assert.Throws<CalendarFormatException>(() => CalendarObject.Read(text));
        Assert.Equal(line, fault.Line);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_large_is_refused_before_it_is_read_whole()
    {
        var limits = new CalendarReading { MostBytes = 1000 };
        var endless = new MemoryStream(Encoding.UTF8.GetBytes("BEGIN:VCALENDAR\n" + new string('X', 1_000_000)));
        await Assert.ThrowsAsync<CalendarFormatException>(() => CalendarObject.ReadAsync(endless, limits));
        Assert.InRange(endless.Position, 0, 200_000);
        Assert.Throws<CalendarFormatException>(() => CalendarObject.Read(new string('X', 1001), limits));
        Assert.Throws<CalendarFormatException>(() => CalendarObject.Read(new byte[1001], limits));
    }

    [Theory]
    [InlineData("BEGIN:VEVENT\r\n", "deeper")]
    [InlineData("X:y\r\n", "properties")]
    [InlineData(" folded", "bytes")]
    public void Depth_number_and_length_have_limits(string piece, string reason)
    {
        var line = piece.StartsWith(' ') ? string.Concat(Enumerable.Repeat(piece + "\r\n", 600_000)) : string.Concat(Enumerable.Repeat(piece, 600_000));
        var clock = Stopwatch.StartNew();
        var fault = Assert.Throws<CalendarFormatException>(() => CalendarObject.Read("BEGIN:VCALENDAR\r\nX:\r\n" + line));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 8);
    }

    [Fact]
    public void Parameters_without_number_are_refused() =>
        Assert.Throws<CalendarFormatException>(() => Samples.Read("X" + string.Concat(Enumerable.Repeat(";a=b", 200_000)) + ":y"));

    [Fact]
    public void Many_zones_described_in_many_ways_end_in_time()
    {
        var text = new StringBuilder("BEGIN:VCALENDAR\n");
        for (var zone = 0; zone < 400; zone++)
        {
            text.Append($"BEGIN:VTIMEZONE\nTZID:Z{zone}\n");
            for (var part = 0; part < 100; part++) text.Append($"BEGIN:STANDARD\nDTSTART:0001010{1 + (part % 9)}T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0{part % 10}00\nRRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU\nEND:STANDARD\n");
            text.Append($"END:VTIMEZONE\nBEGIN:VEVENT\nUID:{zone}\nDTSTART;TZID=Z{zone}:20260101T000000\nEND:VEVENT\n");
        }

        var clock = Stopwatch.StartNew();
        var read = CalendarObject.Read(text.Append("END:VCALENDAR").ToString());
        Assert.Equal(400, read.Events.Count);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 20);
    }

    [Theory]
    [MemberData(nameof(Random))]
    public void Random_damage_throws_nothing_but_the_librarys_exception(int seed)
    {
        var random = new Random(seed);
        var whole = Samples.Calendar(Samples.Meeting()).ToBytes();
        for (var i = 0; i < 150; i++)
        {
            var damaged = whole.ToArray();
            for (var hit = random.Next(1, 12); hit > 0; hit--) damaged[random.Next(damaged.Length)] = (byte)(random.Next(3) == 0 ? random.Next(256) : "\r\n:;=,\"\\ TZ09-+"[random.Next(15)]);
            Survives(damaged.AsMemory(0, random.Next(3) == 0 ? random.Next(damaged.Length) : damaged.Length));
        }
    }

    [Theory]
    [MemberData(nameof(Random))]
    public void Random_bytes_and_random_pieces_throw_nothing_but_the_librarys_exception(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 150; i++)
        {
            var bytes = new byte[random.Next(300)];
            random.NextBytes(bytes);
            Survives(bytes);
            var pieces = Enumerable.Range(0, random.Next(60)).Select(_ => _pieces[random.Next(_pieces.Length)]);
            Survives(Encoding.UTF8.GetBytes(string.Join('\n', ["BEGIN:VCALENDAR", .. pieces, "END:VCALENDAR"])));
            // And the same pieces where they are all inside an event, so that the most of them is looked at.
            var inside = pieces.Where(piece => !piece.StartsWith("BEGIN", StringComparison.Ordinal) && !piece.StartsWith("END", StringComparison.Ordinal) && piece.Contains(':', StringComparison.Ordinal) && piece is not (":" or "X;=:"));
            Survives(Encoding.UTF8.GetBytes(Samples.Text(["BEGIN:VEVENT", .. inside, "UID:1", "END:VEVENT"])));
        }
    }

    [Theory]
    [MemberData(nameof(Random))]
    public void Random_rules_throw_nothing_but_the_librarys_exception(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 300; i++)
        {
            var text = RandomRuleText(random);
            try
            {
                _ = RecurrenceRule.Parse(text).From(new DateTime(random.Next(1, 9999), 1, 31)).Take(20).Count();
            }
            catch (CalendarFormatException)
            {
                // The one that is allowed.
            }
        }
    }

    private static string RandomRuleText(Random random)
    {
        string[] names = ["INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYYEARDAY", "BYWEEKNO", "BYHOUR", "BYSETPOS", "WKST", "X"];
        string[] values = ["1", "-1", "0", "53", "-31", "2147483647", "MO", "-1FR", "1,2,-3", "20260101", "99991231T235959Z", "00010101", "", ",", "1MO,TU", "٣"];
        var parts = Enumerable.Range(0, random.Next(4)).Select(_ => $"{names[random.Next(names.Length)]}={values[random.Next(values.Length)]}");
        return string.Join(';', parts.Prepend("FREQ=" + new[] { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" }[random.Next(4)]));
    }

    private static void Survives(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            foreach (var calendar in CalendarObject.ReadAll(bytes))
            {
                foreach (var one in calendar.Events) _ = (one.Length, one.Recurrence?.All().Take(5).Count(), one.Organizer?.Email);
                // What was read can be written, and read again.
                Assert.Equal(calendar.Events.Count, CalendarObject.Read(calendar.ToBytes()).Events.Count);
            }
        }
        catch (CalendarFormatException)
        {
            // The one that is allowed.
        }
    }
}
