using Crm.Calendar.Events;
using Crm.Calendar.Recurrence;
using Crm.Calendar.Zones;

namespace Crm.Calendar.Tests.Zones;

public sealed class ZoneTextTests
{
    [Fact]
    public void Riga_is_two_rules()
    {
        var text = Samples.Calendar(Samples.Meeting()).ToString();
        Assert.Contains("BEGIN:VTIMEZONE\r\nTZID:Europe/Riga\r\n", text, StringComparison.Ordinal);
        Assert.Contains("BEGIN:DAYLIGHT\r\nDTSTART:20250330T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0300\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n", text, StringComparison.Ordinal);
        Assert.Contains("BEGIN:STANDARD\r\nDTSTART:20251026T040000\r\nTZOFFSETFROM:+0300\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Europe/Riga", 2026)]
    [InlineData("Europe/Riga", 1995)] // rules changed in 1996, and in 2000 there was no summer time
    [InlineData("America/New_York", 2026)]
    [InlineData("America/New_York", 2004)] // rules changed in 2007
    [InlineData("Asia/Kolkata", 2026)]
    [InlineData("Asia/Kathmandu", 2026)]
    [InlineData("Australia/Lord_Howe", 2026)]
    [InlineData("Australia/Sydney", 2005)]
    [InlineData("Europe/Moscow", 2009)] // summer for ever in 2011, winter for ever in 2014
    [InlineData("America/Sao_Paulo", 2015)]
    [InlineData("Africa/Casablanca", 2026)] // by the moon
    [InlineData("Europe/Dublin", 2026)]
    [InlineData("Asia/Jerusalem", 2026)]
    [InlineData("Africa/Cairo", 2026)]
    [InlineData("Pacific/Apia", 2010)]
    [InlineData("America/Caracas", 2006)]
    public void A_written_zone_has_the_offsets_of_the_real_one(string name, int year)
    {
        var zone = Samples.Zone(name);
        var observances = ZoneObservance.Of(zone, year, year + 12).ToList();
        var changes = observances.SelectMany(one => Onsets(one, year + 20).Select(onset => (onset, one.From, one.To))).OrderBy(change => change.onset).ToList();
        for (var local = new DateTime(year, 1, 1); local.Year <= year + 11; local = local.AddHours(7))
        {
            var offset = changes.Last(change => change.onset <= local).To;
            var utc = LocalTimes.ToUtc(local, zone);
            // In the hours that come twice or never, writers and readers may differ by the rule of RFC 5545 §3.3.5.
            if (LocalTimes.FromUtc(utc, zone) != local || LocalTimes.ToUtc(local.AddHours(-1), zone) != utc.AddHours(-1)) continue;
            Assert.True(local - utc == offset, $"{name} {local:u}: {local - utc} and not {offset}");
        }
    }

    [Theory]
    [InlineData("Europe/Riga", "Europe/Riga")]
    [InlineData("\"FLE Standard Time\"", "Europe/Kyiv Europe/Kiev")]
    [InlineData("FLE Standard Time", "Europe/Kyiv Europe/Kiev FLE_Standard_Time")]
    [InlineData("/freeassociation.sourceforge.net/Europe/Riga", "Europe/Riga")]
    [InlineData("/citadel.org/20210210_1/America/Argentina/Salta", "America/Argentina/Salta")]
    [InlineData("UTC", "UTC")]
    [InlineData("Etc/UTC", "UTC")]
    public void A_zone_is_known_by_its_names(string name, string zones)
    {
        var found = ZoneNames.Find(name)!;
        var local = new DateTime(2026, 7, 1, 12, 0, 0);
        Assert.Equal(LocalTimes.ToUtc(local, Samples.Zone(zones.Split(' ')[^1].Replace('_', zones.Contains("FLE", StringComparison.Ordinal) ? ' ' : '_'))), LocalTimes.ToUtc(local, found));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("Europe/../../../../etc/passwd")]
    [InlineData("right/Europe/Riga")]
    [InlineData("zone.tab")]
    [InlineData("Europe")]
    [InlineData("Nowhere/Land")]
    [InlineData("Europe/Riga\0")]
    public void Other_names_are_no_zone(string name) => Assert.Null(ZoneNames.Find(name));

    [Theory]
    [InlineData("Europe/Riga", "(UTC+02:00) Helsinki, Riga, Sofia", "Europe/Riga")]
    [InlineData("America/New_York", "Eastern", "America/New_York")]
    [InlineData("Australia/Lord_Howe", "my island", "Australia/Lord_Howe")]
    [InlineData("Asia/Kolkata", "India", "Asia/Kolkata Asia/Calcutta Asia/Colombo")]
    [InlineData("Africa/Casablanca", "Ramadan", "Africa/Casablanca")]
    public void A_zone_of_an_unknown_name_is_found_by_its_offsets(string real, string name, string found)
    {
        var start = Samples.At(2026, 3, 2, 9, 0, real);
        var text = Samples.Calendar(Samples.Meeting() with { Start = start, End = null, Except = [], Extra = [] }).ToString()
            .Replace("TZID:" + real, "TZID:" + name, StringComparison.Ordinal).Replace("TZID=" + real, $"TZID=\"{name}\"", StringComparison.Ordinal);
        var one = Assert.Single(CalendarObject.Read(text).Events);
        Assert.Empty(one.Faults);
        Assert.Contains(one.Start!.Zone!.Id, found.Split(' '));
        Assert.Equal(start.ToUtc(TimeZoneInfo.Utc), one.Start.ToUtc(TimeZoneInfo.Utc));
    }

    [Fact]
    public void Of_zones_that_fit_alike_the_preferred_one_is_taken()
    {
        var text = Samples.Calendar(Samples.Meeting() with { Except = [], Extra = [] }).ToString().Replace("Europe/Riga", "Custom", StringComparison.Ordinal);
        var athens = Samples.Zone("Europe/Athens");
        Assert.Equal(athens, CalendarObject.Read(text, new CalendarReading { PreferredZone = athens }).Events[0].Start!.Zone);
        Assert.NotEqual("Europe/Berlin", CalendarObject.Read(text, new CalendarReading { PreferredZone = Samples.Zone("Europe/Berlin") }).Events[0].Start!.Zone!.Id);
    }

    [Fact]
    public void A_zone_like_no_other_keeps_its_offset_and_says_so()
    {
        string[] zone = ["BEGIN:VTIMEZONE", "TZID:Odd", "BEGIN:STANDARD", "DTSTART:16010101T000000", "TZOFFSETFROM:+0317", "TZOFFSETTO:+0317", "END:STANDARD", "END:VTIMEZONE"];
        var one = Samples.Read([.. zone, "BEGIN:VEVENT", "UID:1", "DTSTART;TZID=Odd:20260101T100000", "END:VEVENT"]).Events[0];
        Assert.Equal(new DateTime(2026, 1, 1, 6, 43, 0), one.Start!.ToUtc(TimeZoneInfo.Utc));
        Assert.Contains("offset", Assert.Single(one.Faults).Reason, StringComparison.Ordinal);
        // And it can be written on.
        Assert.Equal(new DateTime(2026, 1, 1, 6, 43, 0), CalendarObject.Read(Samples.Calendar(one).ToString()).Events[0].Start!.ToUtc(TimeZoneInfo.Utc));
    }

    [Fact]
    public void An_unknown_zone_that_is_not_described_leaves_a_time_without_zone_and_a_word_about_it()
    {
        var one = Samples.ReadEvent("DTSTART;TZID=Nowhere:20260101T100000");
        Assert.Equal(CalendarTime.Floating(new DateTime(2026, 1, 1, 10, 0, 0)), one.Start);
        Assert.Contains("Nowhere", Assert.Single(one.Faults).Reason, StringComparison.Ordinal);
    }

    private static IEnumerable<DateTime> Onsets(ZoneObservance one, int lastYear)
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("before", one.From, "before", "before");
        var ruled = one.Rule is null ? [] : RecurrenceRule.Parse(one.Rule.ToString()).From(one.Start, zone).TakeWhile(onset => onset.Year <= lastYear);
        return one.More.Append(one.Start).Concat(ruled);
    }
}
