using Crm.Abstractions.Records;
using Crm.Activities.Holidays;

namespace Crm.Activities.Tests.Holidays;

/// <summary>On which day a holiday is.</summary>
public sealed class HolidayTests
{
    [Theory]
    [InlineData(1954, "04-18")]
    [InlineData(1981, "04-19")]
    [InlineData(2000, "04-23")]
    [InlineData(2008, "03-23")]
    [InlineData(2024, "03-31")]
    [InlineData(2025, "04-20")]
    [InlineData(2026, "04-05")]
    [InlineData(2038, "04-25")]
    [InlineData(2049, "04-18")]
    public void Easter_is_where_the_calendars_have_it(int year, string day) => Assert.Equal(DateOnly.Parse($"{year}-{day}", null), Easter.Of(year));

    [Theory]
    [InlineData("2026-11-18", (int)HolidayRule.Date, 2030, "2030-11-18")]
    [InlineData("2026-11-26", (int)HolidayRule.Weekday, 2027, "2027-11-25")]
    [InlineData("2026-05-25", (int)HolidayRule.LastWeekday, 2027, "2027-05-31")]
    [InlineData("2026-04-03", (int)HolidayRule.Easter, 2027, "2027-03-26")]
    [InlineData("2026-05-25", (int)HolidayRule.Easter, 2024, "2024-05-20")]
    [InlineData("2026-12-24", (int)HolidayRule.Once, 2026, "2026-12-24")]
    [InlineData("2026-12-24", (int)HolidayRule.Once, 2027, null)]
    [InlineData("2024-02-29", (int)HolidayRule.Date, 2026, null)]
    [InlineData("2026-03-31", (int)HolidayRule.Weekday, 2026, "2026-03-31")]
    public void Its_rule_gives_its_day(string day, int rule, int year, string? on) =>
        Assert.Equal(on is null ? null : DateOnly.Parse(on, null), new Holiday { Name = "Day", Day = DateOnly.Parse(day, null), Rule = (HolidayRule)rule }.In(year));

    [Fact]
    public void What_is_not_the_last_of_its_weekdays_is_refused() =>
        Assert.Throws<RuleViolation>(new Holiday { Name = "Day", Day = new DateOnly(2026, 5, 18), Rule = HolidayRule.LastWeekday }.Check);
}
