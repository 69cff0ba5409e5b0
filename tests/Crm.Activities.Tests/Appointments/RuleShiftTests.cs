using Crm.Activities.Appointments;
using Crm.Calendar.Recurrence;

namespace Crm.Activities.Tests.Appointments;

/// <summary>A rule goes along with the time that somebody moved.</summary>
public sealed class RuleShiftTests
{
    [Theory]
    [InlineData("FREQ=WEEKLY;BYDAY=TU", "2026-03-03", "2026-03-04", "FREQ=WEEKLY;BYDAY=WE")]
    [InlineData("FREQ=WEEKLY;BYDAY=SU", "2026-03-01", "2026-02-28", "FREQ=WEEKLY;BYDAY=SA")]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260401", "2026-03-02", "2026-03-03", "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20260402")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=10", "2026-03-10", "2026-03-12", "FREQ=MONTHLY;BYMONTHDAY=12")]
    [InlineData("FREQ=MONTHLY;BYDAY=1MO", "2026-03-02", "2026-03-10", "FREQ=MONTHLY;BYDAY=2TU")]
    [InlineData("FREQ=MONTHLY;BYDAY=-1FR", "2026-03-27", "2026-03-31", "FREQ=MONTHLY;BYDAY=-1TU")]
    [InlineData("FREQ=DAILY", "2026-03-02", "2026-03-03", "FREQ=DAILY")]
    [InlineData("FREQ=WEEKLY;BYDAY=TU", "2026-03-03", "2026-03-03", "FREQ=WEEKLY;BYDAY=TU")]
    public void The_days_follow(string rule, string from, string to, string moved) =>
        Assert.Equal(RecurrenceRule.Parse(moved), RuleShift.By(RecurrenceRule.Parse(rule), DateTime.Parse(from, null), DateTime.Parse(to, null)));

    [Theory]
    [InlineData("daily")]
    [InlineData("workdays")]
    [InlineData("weekly")]
    [InlineData("fortnightly")]
    [InlineData("monthly")]
    [InlineData("weekday")]
    [InlineData("last")]
    [InlineData("yearly")]
    public void What_the_form_offers_it_knows_again(string choice)
    {
        var start = new DateOnly(2026, 3, 31);
        Assert.Equal(choice, RepeatChoice.Of(RepeatChoice.Rule(choice, start, new DateOnly(2026, 12, 31)), start));
    }

    [Fact]
    public void What_it_does_not_offer_stays_as_it_is() =>
        Assert.Equal(RepeatChoice.Own, RepeatChoice.Of(RecurrenceRule.Parse("FREQ=MONTHLY;BYMONTHDAY=1,15"), new DateOnly(2026, 3, 1)));
}
