using System.Globalization;
using Crm.Calendar.Recurrence;

namespace Crm.Calendar.Tests.Recurrence;

/// <summary>What holds for every rule, held against a slow second reading of the standard that looks at every single day.</summary>
public sealed class RulePropertyTests
{
    private const int Days = 3 * 366;

    public static TheoryData<int> Random => Seeds.Some(40);

    [Theory]
    [MemberData(nameof(Random))]
    public void An_expansion_is_sorted_and_is_exactly_the_days_that_obey_the_rule(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 25; i++)
        {
            var rule = RandomRule.Next(random);
            var start = Start(random);
            var end = start.AddDays(Days);
            var found = rule.From(start).TakeWhile(time => time < end).ToList();
            Assert.Equal(found.Distinct().Order(), found);
            Assert.Equal(Slowly(rule, start, end), found);
        }
    }

    [Theory]
    [MemberData(nameof(Random))]
    public void Counts_ends_positions_and_skipping_choose_from_the_whole(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 15; i++)
        {
            var (rule, start) = (RandomRule.Next(random), Start(random));
            var whole = rule.From(start).TakeWhile(time => time < start.AddYears(9)).Take(60).ToList();
            if (whole.Count == 0) continue;
            var (pick, count) = (whole[random.Next(whole.Count)], random.Next(1, whole.Count + 1));
            var counted = rule with { Count = count };
            Assert.Equal(whole.Take(count), counted.From(start));
            Assert.Equal(whole.Take(count).Where(time => time >= pick), counted.From(start, pick));
            Assert.Equal(whole.TakeWhile(time => time <= pick), (rule with { Until = RuleEnd.AtLocal(pick) }).From(start));
            Assert.Equal(whole.TakeWhile(time => time.Date <= pick.Date), (rule with { Until = RuleEnd.On(DateOnly.FromDateTime(pick)) }).From(start).Take(whole.Count));
            Assert.Equal(whole.Where(time => time >= pick), rule.From(start, pick).Take(whole.Count(time => time >= pick)));
            Assert.Equal(whole.Where(time => time > pick).Cast<DateTime?>().FirstOrDefault() ?? rule.Next(start, whole[^1]), rule.Next(start, pick));
            Assert.Equal(rule, RecurrenceRule.Parse(rule.ToString()));
        }
    }

    private static DateTime Start(Random random) => new DateTime(2023, 1, 1, 0, 0, 0).AddDays(random.Next(1500)).AddMinutes(random.Next(1440));

    private static IEnumerable<DateTime> Slowly(RecurrenceRule rule, DateTime start, DateTime end)
    {
        var hours = rule.ByHour.Count > 0 ? rule.ByHour : [start.Hour];
        return
            from offset in Enumerable.Range(0, Days + 1)
            let day = start.Date.AddDays(offset)
            where InPeriod(rule, start.Date, day) && Obeys(rule, start, day)
            from hour in hours
            let time = day.AddHours(hour).AddMinutes(start.Minute)
            where time >= start && time < end
            select time;
    }

    private static bool InPeriod(RecurrenceRule rule, DateTime start, DateTime day) => rule.Frequency switch
    {
        Frequency.Daily => (day - start).Days % rule.Interval == 0,
        Frequency.Weekly => (WeekOf(rule, day) - WeekOf(rule, start)).Days / 7 % rule.Interval == 0,
        Frequency.Monthly => (((day.Year - start.Year) * 12) + day.Month - start.Month) % rule.Interval == 0,
        _ => (day.Year - start.Year) % rule.Interval == 0,
    };

    private static bool Obeys(RecurrenceRule rule, DateTime start, DateTime day)
    {
        var months = rule.ByMonth.Count == 0 || rule.ByMonth.Contains(day.Month);
        var last = DateTime.DaysInMonth(day.Year, day.Month);
        var monthDays = rule.ByMonthDay.Count == 0 || rule.ByMonthDay.Any(n => n > 0 ? n == day.Day : last + 1 + n == day.Day);
        var length = new DateTime(day.Year, 12, 31).DayOfYear;
        var yearDays = rule.ByYearDay.Count == 0 || rule.ByYearDay.Any(n => n > 0 ? n == day.DayOfYear : length + 1 + n == day.DayOfYear);
        return months && monthDays && yearDays && Weeks(rule, day) && Weekdays(rule, day) && FromStart(rule, start, day);
    }

    private static bool Weekdays(RecurrenceRule rule, DateTime day)
    {
        if (rule.ByDay.Count == 0) return true;
        var inMonth = rule.Frequency == Frequency.Monthly || rule.ByMonth.Count > 0;
        // All days of that name in the month or year, and the place of this one among them.
        var first = inMonth ? new DateTime(day.Year, day.Month, 1) : new DateTime(day.Year, 1, 1);
        var same = Enumerable.Range(0, 366).Select(n => first.AddDays(n)).Where(other => other.DayOfWeek == day.DayOfWeek && other.Year == day.Year && (!inMonth || other.Month == day.Month)).ToList();
        var place = same.IndexOf(day);
        return rule.ByDay.Any(wanted => wanted.Day == day.DayOfWeek && (wanted.Ordinal == 0 || place == (wanted.Ordinal > 0 ? wanted.Ordinal - 1 : same.Count + wanted.Ordinal)));
    }

    private static bool Weeks(RecurrenceRule rule, DateTime day)
    {
        if (rule.ByWeekNumber.Count == 0) return true;
        // Weeks of another first day are those of .NET's calendar with the same rule of four days, asked on the week's fourth day, which lies in its year.
        var fourth = WeekOf(rule, day).AddDays(3);
        var number = Number(fourth);
        var weeks = Enumerable.Range(25, 7).Max(n => Number(WeekOf(rule, new DateTime(fourth.Year, 12, n)).AddDays(3) is var middle && middle.Year == fourth.Year ? middle : fourth));
        return rule.ByWeekNumber.Any(n => n > 0 ? n == number : weeks + 1 + n == number);

        int Number(DateTime time) => CultureInfo.InvariantCulture.Calendar.GetWeekOfYear(time, CalendarWeekRule.FirstFourDayWeek, rule.WeekStart);
    }

    private static bool FromStart(RecurrenceRule rule, DateTime start, DateTime day)
    {
        if (rule.ByDay.Count + rule.ByMonthDay.Count + rule.ByYearDay.Count > 0 || rule.Frequency == Frequency.Daily) return true;
        if (rule.Frequency == Frequency.Weekly || rule.ByWeekNumber.Count > 0) return day.DayOfWeek == start.DayOfWeek;
        return day.Day == start.Day && (rule.Frequency == Frequency.Monthly || rule.ByMonth.Count > 0 || day.Month == start.Month);
    }

    private static DateTime WeekOf(RecurrenceRule rule, DateTime day) => day.AddDays(-(((int)day.DayOfWeek - (int)rule.WeekStart + 7) % 7));
}
