using Crm.Activities.Care;

namespace Crm.Activities.Tests.Care;

/// <summary>When a customer's day is to be cared for.</summary>
public sealed class CareRuleTests
{
    [Theory]
    [InlineData("1980-06-15", 0, "2026-06-15", "2026-06-15")]
    [InlineData("1980-06-15", 0, "2026-06-14", null)]
    [InlineData("1980-06-15", 0, "2026-06-16", null)]
    [InlineData("1980-06-15", 7, "2026-06-08", "2026-06-15")]
    [InlineData("1980-06-15", 7, "2026-06-07", null)]
    [InlineData("1980-01-03", 14, "2026-12-25", "2027-01-03")]
    [InlineData("1980-02-29", 0, "2026-02-28", "2026-02-28")]
    [InlineData("1980-02-29", 0, "2028-02-29", "2028-02-29")]
    [InlineData("1980-02-29", 0, "2028-02-28", null)]
    [InlineData("2026-06-15", 7, "2026-06-10", null)]
    [InlineData("2026-06-15", 365, "2026-06-20", "2027-06-15")]
    public void An_anniversary_is_due_from_so_many_days_before_until_the_day(string day, int before, string today, string? due) =>
        Assert.Equal(Day(due), new CareRule { DaysBefore = before }.DueOn(Day(day)!.Value, Day(today)!.Value));

    [Theory]
    [InlineData("2026-06-15", "2026-06-10", "2026-06-15")]
    [InlineData("2025-06-15", "2026-06-10", null)]
    public void A_day_that_comes_once_is_due_in_its_year_only(string day, string today, string? due) =>
        Assert.Equal(Day(due), new CareRule { DaysBefore = 14, EachYear = false }.DueOn(Day(day)!.Value, Day(today)!.Value));

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.Parse(text, null);
}
