using System.Globalization;
using Crm.Kernel.Filters;
using Crm.Kernel.Records;

namespace Crm.Kernel.Tests.Filters;

/// <summary>Days and moments in filters.</summary>
public sealed class FilterClockTests
{
    private static readonly FilterClock _clock = new(
        new DateTimeOffset(2026, 3, 31, 23, 30, 0, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById("Europe/Riga"));

    [Theory]
    [InlineData("today", "2026-04-01")]
    [InlineData("2026-01-31", "2026-01-31")]
    [InlineData("now", "2026-04-01")]
    [InlineData("-1m", "2026-03-01")]
    [InlineData("+2w", "2026-04-15")]
    [InlineData("1d", "2026-04-02")]
    [InlineData("-1y", "2025-04-01")]
    public void A_day_is_the_users(string text, string day) =>
        Assert.Equal(day, _clock.Day(new(text, false, 1)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2026-01-31T12:00", "2026-01-31T10:00:00")]
    [InlineData("2026-01-31T12:00Z", "2026-01-31T12:00:00")]
    [InlineData("2026-01-31T12:00:30.5-05:00", "2026-01-31T17:00:30")]
    public void A_moment_without_a_zone_is_the_users(string text, string utc) =>
        Assert.Equal(utc, _clock.Read(new(text, false, 1)).At!.Value.UtcDateTime.ToString("s", CultureInfo.InvariantCulture));

    [Fact]
    public void A_day_begins_at_the_users_midnight() =>
        Assert.Equal(new DateTimeOffset(2026, 3, 31, 21, 0, 0, TimeSpan.Zero), _clock.StartOf(new DateOnly(2026, 4, 1)));

    [Theory]
    [InlineData("soon")]
    [InlineData("2026-02-30")]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("-9999y")]
    [InlineData("99999999999d")]
    [InlineData("d")]
    [InlineData("--3d")]
    [InlineData("2026-01-31T25:00")]
    public void What_is_no_time_is_refused(string text) => Assert.Throws<BadFilter>(() => _clock.Read(new(text, false, 1)));
}
