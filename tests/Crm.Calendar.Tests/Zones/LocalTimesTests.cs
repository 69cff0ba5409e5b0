using System.Globalization;
using Crm.Calendar.Recurrence;
using Crm.Calendar.Zones;

namespace Crm.Calendar.Tests.Zones;

public sealed class LocalTimesTests
{
    [Theory]
    [InlineData("Europe/Riga", "2026-03-28 09:00", "2026-03-28 07:00")]
    [InlineData("Europe/Riga", "2026-03-29 02:59", "2026-03-29 00:59")]
    [InlineData("Europe/Riga", "2026-03-29 03:30", "2026-03-29 01:30")] // gap: 04:30 in summer
    [InlineData("Europe/Riga", "2026-03-29 04:00", "2026-03-29 01:00")]
    [InlineData("Europe/Riga", "2026-10-25 03:30", "2026-10-25 00:30")] // twice: the first
    [InlineData("Europe/Riga", "2026-10-25 04:00", "2026-10-25 02:00")]
    [InlineData("America/New_York", "2026-03-08 02:30", "2026-03-08 07:30")]
    [InlineData("America/New_York", "2026-11-01 01:30", "2026-11-01 05:30")]
    [InlineData("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:45")] // gap of half an hour
    [InlineData("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04 14:45")]
    [InlineData("Australia/Sydney", "2026-10-04 02:30", "2026-10-03 16:30")]
    [InlineData("Asia/Kolkata", "2026-03-29 02:30", "2026-03-28 21:00")]
    [InlineData("America/Sao_Paulo", "2018-11-04 00:30", "2018-11-04 03:30")] // the gap is at midnight
    [InlineData("America/Sao_Paulo", "2026-11-04 00:30", "2026-11-04 03:30")] // and later there is none
    [InlineData("Pacific/Apia", "2011-12-30 12:00", "2011-12-30 22:00")] // a whole day is left out
    [InlineData("Europe/Dublin", "2026-10-25 01:30", "2026-10-25 00:30")] // whose winter is the exception
    [InlineData("Africa/Casablanca", "2026-02-15 02:30", "2026-02-15 01:30")]
    [InlineData("Europe/Moscow", "2014-10-26 01:30", "2014-10-25 21:30")] // an hour back that is no summer time
    [InlineData("UTC", "2026-03-29 03:30", "2026-03-29 03:30")]
    public void A_local_time_has_the_offset_of_its_own_date(string zone, string local, string utc) =>
        Assert.Equal(Time(utc), LocalTimes.ToUtc(Time(local), TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Fact]
    public void A_daily_nine_oclock_stays_at_nine_through_both_changes()
    {
        var riga = TimeZoneInfo.FindSystemTimeZoneById("Europe/Riga");
        var daily = RecurrenceRule.Parse("FREQ=DAILY").From(new DateTime(2026, 1, 1, 9, 0, 0)).Take(365).Select(time => LocalTimes.ToUtc(time, riga)).ToList();
        Assert.All(daily, utc => Assert.Equal(9, LocalTimes.FromUtc(utc, riga).Hour));
        Assert.Equal([23.0, 25.0], daily.Zip(daily.Skip(1), (one, next) => (next - one).TotalHours).Where(hours => hours != 24));
    }

    [Fact]
    public void Every_instant_of_every_zone_comes_back_or_is_the_second_of_two()
    {
        var random = new Random(3);
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
        {
            for (var i = 0; i < 40; i++)
            {
                var utc = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(random.Next(80 * 525_600));
                var local = LocalTimes.FromUtc(utc, zone);
                var back = LocalTimes.ToUtc(local, zone);
                Assert.Equal(local, LocalTimes.FromUtc(back, zone));
                Assert.True(back <= utc, $"{zone.Id} {utc:u}");
            }
        }
    }

    [Fact]
    public void The_ends_of_the_calendar_are_no_fault()
    {
        foreach (var zone in (TimeZoneInfo[])[TimeZoneInfo.Utc, TimeZoneInfo.FindSystemTimeZoneById("Pacific/Kiritimati"), TimeZoneInfo.FindSystemTimeZoneById("America/New_York")])
        {
            foreach (var end in (DateTime[])[DateTime.MinValue, DateTime.MaxValue])
                Assert.InRange((LocalTimes.FromUtc(LocalTimes.ToUtc(end, zone), zone) - end).Duration().TotalHours, 0, 24);
        }
    }

    private static DateTime Time(string text) => DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
