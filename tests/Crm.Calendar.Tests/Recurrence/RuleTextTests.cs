using Crm.Calendar.Recurrence;

namespace Crm.Calendar.Tests.Recurrence;

public sealed class RuleTextTests
{
    [Theory]
    [InlineData("freq=weekly; byday=we,mo,mo ;", "FREQ=WEEKLY;BYDAY=MO,WE")]
    [InlineData("INTERVAL=1;FREQ=DAILY;WKST=MO", "FREQ=DAILY")]
    [InlineData("FREQ=MONTHLY;BYDAY=+2tu,-1FR;BYSETPOS=1,-1;UNTIL=20270101t000000z", "FREQ=MONTHLY;UNTIL=20270101T000000Z;BYDAY=-1FR,2TU;BYSETPOS=-1,1")]
    [InlineData("FREQ=YEARLY;BYSECOND=60;COUNT=2;WKST=SU", "FREQ=YEARLY;COUNT=2;BYSECOND=59;WKST=SU")]
    public void A_rule_is_written_in_one_way(string text, string written)
    {
        var rule = RecurrenceRule.Parse(text);
        Assert.Equal(written, rule.ToString());
        Assert.Equal(rule, RecurrenceRule.Parse(written));
        Assert.Equal(rule.GetHashCode(), RecurrenceRule.Parse(written).GetHashCode());
    }

    [Fact]
    public void A_rule_put_together_in_code_is_the_one_of_its_text()
    {
        var rule = new RecurrenceRule { Frequency = Frequency.Monthly, ByDay = [new(DayOfWeek.Friday, -1)], Until = RuleEnd.On(new(2026, 12, 31)) };
        Assert.Equal(RecurrenceRule.Parse("FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20261231"), rule);
        Assert.NotEqual(rule with { Interval = 2 }, rule);
    }

    [Theory]
    [InlineData("FREQ=SECONDLY", "refused")]
    [InlineData("FREQ=MINUTELY;INTERVAL=5", "refused")]
    [InlineData("FREQ=HOURLY", "refused")]
    [InlineData("FREQ=FORTNIGHTLY", "not known")]
    [InlineData("", "needs FREQ")]
    [InlineData("COUNT=3", "needs FREQ")]
    [InlineData("FREQ=DAILY;FREQ=DAILY", "twice")]
    [InlineData("FREQ=DAILY;INTERVAL=0", "INTERVAL")]
    [InlineData("FREQ=DAILY;INTERVAL=-1", "INTERVAL")]
    [InlineData("FREQ=DAILY;INTERVAL=99999999999", "no whole number")]
    [InlineData("FREQ=DAILY;COUNT=0", "COUNT")]
    [InlineData("FREQ=DAILY;COUNT=100001", "COUNT")]
    [InlineData("FREQ=DAILY;COUNT=2;UNTIL=20260101", "exclude")]
    [InlineData("FREQ=DAILY;UNTIL=20260230", "no date")]
    [InlineData("FREQ=DAILY;BYMONTH=13", "BYMONTH")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=-32", "BYMONTHDAY")]
    [InlineData("FREQ=MONTHLY;BYDAY=0MO", "not from 0")]
    [InlineData("FREQ=MONTHLY;BYDAY=-54MO", "BYDAY")]
    [InlineData("FREQ=MONTHLY;BYDAY=-2147483648MO", "BYDAY")]
    [InlineData("FREQ=MONTHLY;BYDAY=XX", "day of the week")]
    [InlineData("FREQ=MONTHLY;BYDAY=", "day of the week")]
    [InlineData("FREQ=WEEKLY;BYDAY=1MO", "numbers")]
    [InlineData("FREQ=DAILY;BYDAY=-1MO", "numbers")]
    [InlineData("FREQ=WEEKLY;BYMONTHDAY=1", "WEEKLY")]
    [InlineData("FREQ=MONTHLY;BYYEARDAY=1", "YEARLY")]
    [InlineData("FREQ=MONTHLY;BYWEEKNO=1", "YEARLY")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO", "BYWEEKNO")]
    [InlineData("FREQ=YEARLY;BYSETPOS=1", "another part")]
    [InlineData("FREQ=DAILY;BYHOUR=24", "BYHOUR")]
    [InlineData("FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=0,1,2,3,4;BYSECOND=1,2,3,4", "times a day")]
    [InlineData("FREQ=DAILY;RSCALE=HEBREW", "known here")]
    [InlineData("FREQ=DAILY;X", "no part")]
    public void What_is_no_rule_is_refused_with_its_reason(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<CalendarFormatException>(() => RecurrenceRule.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_rule_of_megabytes_is_refused() =>
        Assert.Throws<CalendarFormatException>(() => RecurrenceRule.Parse("FREQ=DAILY;BYMONTH=" + string.Join(',', Enumerable.Repeat("1", 1_000_000))));

    [Fact]
    public void A_broken_rule_made_in_code_gives_no_dates_but_its_fault() =>
        Assert.Throws<CalendarFormatException>(() => new RecurrenceRule { Frequency = Frequency.Daily, Interval = 0 }.From(DateTime.MinValue));
}
