using System.Diagnostics;
using Crm.Calendar.Recurrence;

namespace Crm.Calendar.Tests.Recurrence;

public sealed class ExpansionTests
{
    [Fact]
    public void A_birthday_on_a_leap_day_comes_every_four_years_and_not_in_2100()
    {
        var years = RecurrenceRule.Parse("FREQ=YEARLY").From(new DateTime(2092, 2, 29)).Take(3).Select(time => time.Year);
        Assert.Equal([2092, 2096, 2104], years);
    }

    [Fact]
    public void The_thirty_first_is_left_out_where_there_is_none_and_the_last_day_is_not()
    {
        var start = new DateTime(2026, 1, 31, 8, 30, 0);
        Assert.Equal([1, 3, 5, 7], RecurrenceRule.Parse("FREQ=MONTHLY").From(start).Take(4).Select(time => time.Month));
        Assert.Equal([31, 28, 31, 30], RecurrenceRule.Parse("FREQ=MONTHLY;BYMONTHDAY=-1").From(start).Take(4).Select(time => time.Day));
    }

    [Fact]
    public void A_fifth_friday_comes_only_in_months_that_have_one()
    {
        var days = RecurrenceRule.Parse("FREQ=MONTHLY;BYDAY=5FR").From(new DateTime(2026, 1, 1)).Take(4).Select(DateOnly.FromDateTime);
        Assert.Equal([new(2026, 1, 30), new(2026, 5, 29), new(2026, 7, 31), new(2026, 10, 30)], days);
    }

    [Fact]
    public void The_last_working_day_of_the_month_is_the_last_of_the_set()
    {
        var days = RecurrenceRule.Parse("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1").From(new DateTime(2026, 1, 1)).Take(5).Select(time => time.Day);
        Assert.Equal([30, 27, 31, 30, 29], days);
    }

    [Fact]
    public void Positions_are_counted_in_the_whole_period_even_where_the_start_is_in_its_middle()
    {
        // A Wednesday: the week's second of Monday, Wednesday and Friday is that day itself.
        var rule = RecurrenceRule.Parse("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2");
        Assert.Equal([7, 14], rule.From(new DateTime(2026, 1, 7)).Take(2).Select(time => time.Day));
        Assert.Equal([14, 21], rule.From(new DateTime(2026, 1, 8)).Take(2).Select(time => time.Day));
    }

    [Theory]
    [InlineData("FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO", 2024, "2024-01-01 2024-12-30 2025-12-29")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=53;BYDAY=SU", 2020, "2021-01-03 2027-01-03")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=-1;BYDAY=MO", 2024, "2024-12-23 2025-12-22 2026-12-28")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=10", 2024, "2024-03-04 2025-03-03")]
    public void A_week_number_is_the_one_of_iso_8601(string rule, int year, string days) =>
        Assert.Equal(days.Split(' '), RecurrenceRule.Parse(rule).From(new DateTime(year, 1, 1)).Take(days.Split(' ').Length).Select(time => $"{time:yyyy-MM-dd}"));

    [Fact]
    public void The_start_is_an_occurrence_and_counts_even_where_the_rule_does_not_name_it()
    {
        var wednesday = new DateTime(2026, 1, 7, 9, 0, 0);
        var mondays = RecurrenceRule.Parse("FREQ=WEEKLY;BYDAY=MO;COUNT=3");
        Assert.Equal([12, 19, 26], mondays.From(wednesday).Select(time => time.Day));
        Assert.Equal([7, 12, 19], new RecurrenceSet { Start = wednesday, Rule = mondays }.All().Select(time => time.Day));
    }

    [Fact]
    public void Extra_times_are_sorted_in_and_excepted_ones_left_out()
    {
        var start = new DateTime(2026, 1, 1, 9, 0, 0);
        var set = new RecurrenceSet
        {
            Start = start,
            Rule = RecurrenceRule.Parse("FREQ=DAILY;COUNT=4"),
            Extra = [start.AddDays(9), start.AddHours(30), start.AddDays(1)],
            Except = [start.AddDays(2), start.AddDays(9)],
        };
        Assert.Equal([start, start.AddDays(1), start.AddHours(30), start.AddDays(3)], set.All());
        Assert.Equal(start.AddHours(30), set.Next(start.AddDays(1)));
        Assert.Null(set.Next(start.AddDays(3)));
    }

    [Fact]
    public void An_end_in_utc_is_held_against_the_zone_and_a_last_day_counts_whole()
    {
        var start = new DateTime(2026, 3, 28, 23, 30, 0);
        var riga = TimeZoneInfo.FindSystemTimeZoneById("Europe/Riga");
        var utc = RecurrenceRule.Parse("FREQ=DAILY;UNTIL=20260330T203000Z");
        Assert.Equal([28, 29, 30], utc.From(start, riga).Select(time => time.Day));
        // West of Riga the same instant comes before that evening.
        Assert.Equal([28, 29], utc.From(start, TimeZoneInfo.FindSystemTimeZoneById("America/New_York")).Select(time => time.Day));
        Assert.Equal([28, 29, 30], RecurrenceRule.Parse("FREQ=DAILY;UNTIL=20260330").From(start, riga).Select(time => time.Day));
    }

    [Theory]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")]
    [InlineData("FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2,4,6,9,11;COUNT=3")]
    [InlineData("FREQ=YEARLY;BYDAY=MO;BYSETPOS=60")]
    [InlineData("FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;BYMINUTE=0,15,30,45;BYSETPOS=200")]
    public void A_rule_that_never_matches_ends(string rule)
    {
        var clock = Stopwatch.StartNew();
        Assert.Empty(RecurrenceRule.Parse(rule).From(new DateTime(2026, 1, 1)));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);
    }

    [Fact]
    public void A_rule_that_never_ends_is_read_as_far_as_asked_and_at_most_to_the_end_of_the_calendar()
    {
        var daily = RecurrenceRule.Parse("FREQ=DAILY");
        Assert.Equal(3, daily.From(new DateTime(2026, 1, 1)).Take(3).Count());
        Assert.Equal(31, daily.From(new DateTime(9998, 12, 1)).Count());
        Assert.Empty(daily.From(new DateTime(9999, 12, 31)));
        Assert.Empty(RecurrenceRule.Parse("FREQ=YEARLY;INTERVAL=2147483647").From(new DateTime(2026, 1, 1)).Skip(1));
        Assert.Equal(2, RecurrenceRule.Parse("FREQ=WEEKLY;UNTIL=99991231;WKST=SU").From(new DateTime(1, 1, 1)).Take(2).Count());
    }

    [Fact]
    public void The_next_one_of_an_old_endless_rule_is_found_without_reading_what_was()
    {
        var clock = Stopwatch.StartNew();
        var rule = RecurrenceRule.Parse("FREQ=DAILY;INTERVAL=3");
        for (var i = 0; i < 10_000; i++)
            Assert.Equal(new DateTime(2026, 1, 3), rule.Next(new DateTime(1900, 1, 1), new DateTime(2026, 1, 1)));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
    }
}
