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
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-03-31", "2026-04-30", "FREQ=MONTHLY;BYMONTHDAY=-1")]
    [InlineData("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2", "2026-03-10", "2026-03-11", "FREQ=MONTHLY;BYDAY=2WE")]
    [InlineData("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "2026-03-29", "2026-04-06", "FREQ=YEARLY;BYMONTH=4;BYDAY=1MO")]
    [InlineData("FREQ=DAILY;BYDAY=MO,TU", "2026-03-03", "2026-03-04", "FREQ=DAILY;BYDAY=TU,WE")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", "2026-03-08", "2026-03-09", "FREQ=WEEKLY;INTERVAL=2;WKST=TU;BYDAY=TU,MO")]
    [InlineData("FREQ=DAILY;UNTIL=99991231", "2026-03-02", "2026-03-03", "FREQ=DAILY;UNTIL=99991231")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-03-31", "2026-03-30", null)]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=1,15", "2026-03-15", "2026-03-16", null)]
    [InlineData("FREQ=YEARLY;BYDAY=20MO", "2026-05-18", "2026-05-19", null)]
    [InlineData("FREQ=DAILY;BYMONTH=3", "2026-03-18", "2026-03-19", null)]
    [InlineData("FREQ=DAILY", "2026-03-02", "2026-03-03", "FREQ=DAILY")]
    [InlineData("FREQ=WEEKLY;BYDAY=TU", "2026-03-03", "2026-03-03", "FREQ=WEEKLY;BYDAY=TU")]
    public void The_days_follow(string rule, string from, string to, string? moved) =>
        Assert.Equal(moved is null ? null : RecurrenceRule.Parse(moved), RuleShift.By(RecurrenceRule.Parse(rule), DateTime.Parse(from, null), DateTime.Parse(to, null)));

    [Theory]
    [InlineData("FREQ=MONTHLY;BYDAY=2TU", "2026-03-10T09:00", "2026-04-14T09:00", "2026-04-15T10:00", "2026-03-18T10:00")]
    [InlineData("FREQ=MONTHLY;BYDAY=2TU;UNTIL=20260512", "2026-03-10T09:00", "2026-04-14T09:00", "2026-04-15T09:00", "2026-03-18T09:00")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;COUNT=9", "2026-03-02T09:00", "2026-03-16T09:00", "2026-03-18T09:00", "2026-03-04T09:00")]
    [InlineData("FREQ=MONTHLY;BYDAY=-1FR", "2026-03-27T09:00", "2026-03-27T09:00", "2026-03-20T09:00", "2026-03-20T09:00")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-03-31T09:00", "2026-04-30T09:00", "2026-04-29T09:00", "2026-03-29T09:00")]
    public void A_series_that_moves_has_as_many_times_the_moved_one_its_number_and_finds_its_way_back(string rule, string start, string at, string to, string first)
    {
        var series = new RecurrenceSet { Start = DateTime.Parse(start, null), Rule = RecurrenceRule.Parse(rule) };
        var moved = SeriesShift.By(series, DateTime.Parse(at, null), DateTime.Parse(to, null))!;
        Assert.Equal(DateTime.Parse(first, null), moved.Start);
        Assert.Equal(series.All().Take(12).ToList().IndexOf(DateTime.Parse(at, null)), moved.All().Take(12).ToList().IndexOf(DateTime.Parse(to, null)));
        Assert.Equal(series.All().Take(50).Count(), moved.All().Take(50).Count());
        var back = SeriesShift.Back(moved, DateTime.Parse(to, null), DateTime.Parse(at, null), series.Rule)!;
        Assert.Equal((series.Start, series.Rule), (back.Start, back.Rule));
        // With another rule than it had it does not go back.
        Assert.Null(SeriesShift.Back(moved, DateTime.Parse(to, null), DateTime.Parse(at, null), RecurrenceRule.Parse("FREQ=DAILY;INTERVAL=3")));
    }

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
