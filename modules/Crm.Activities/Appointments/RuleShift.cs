using Crm.Calendar.Recurrence;

namespace Crm.Activities.Appointments;

/// <summary>Moves a rule along with the time that somebody moved: what was every Tuesday is every Wednesday.</summary>
internal static class RuleShift
{
    /// <summary>The rule afterwards; null where no rule says what is meant.</summary>
    public static RecurrenceRule? By(RecurrenceRule rule, DateTime from, DateTime to)
    {
        var days = (to.Date - from.Date).Days;
        if (days == 0)
            return rule;
        if (rule.ByYearDay.Count + rule.ByWeekNumber.Count > 0)
            return null;
        var moved = rule.Until is { } until ? rule with { Until = Moved(until, days) } : rule;
        return rule.Frequency is Frequency.Daily or Frequency.Weekly ? InWeek(moved, days) : InMonth(moved, from, to);
    }

    /// <summary>Which one of its weekdays in the month a day is: 1 is the first.</summary>
    public static int Nth(DateTime day) => ((day.Day - 1) / 7) + 1;

    public static bool IsLast(DateTime day) => day.AddDays(7).Month != day.Month;

    private static RecurrenceRule? InWeek(RecurrenceRule rule, int days)
    {
        if (rule.ByMonth.Count + rule.ByMonthDay.Count > 0 || (rule.Frequency == Frequency.Daily && rule.BySetPosition.Count > 0))
            return null;
        var moved = rule with { ByDay = [.. rule.ByDay.Select(d => d with { Day = Later(d.Day, days) })] };
        // Where it counts which week a day is in, the weeks go along, else a Sunday would fall into the next one.
        return rule.ByDay.Count > 1 && (rule.Interval > 1 || rule.BySetPosition.Count > 0) ? moved with { WeekStart = Later(rule.WeekStart, days) } : moved;
    }

    private static RecurrenceRule? InMonth(RecurrenceRule rule, DateTime from, DateTime to)
    {
        if (rule.ByMonth.Count > 1 && from.Month != to.Month)
            return null;
        var moved = rule.ByMonth.Count == 1 ? rule with { ByMonth = [to.Month] } : rule;
        // The second Tuesday of a year is not the second of its month.
        var isOfMonth = rule.Frequency == Frequency.Monthly || rule.ByMonth.Count > 0;
        return (rule.ByDay, rule.ByMonthDay, rule.BySetPosition) switch
        {
            ([], [], []) => moved,
            ([], [var day], []) => moved with { ByMonthDay = [day < 0 && to.AddDays(1).Day == 1 ? -1 : to.Day] },
            ([{ Ordinal: not 0 and var nth }], [], []) when isOfMonth => OnWeekday(moved, nth, to),
            ([{ Ordinal: 0 }], [], [var nth]) when isOfMonth => OnWeekday(moved, nth, to),
            _ => null,
        };
    }

    private static RecurrenceRule OnWeekday(RecurrenceRule rule, int nth, DateTime to) =>
        rule with { ByDay = [new RuleDay(to.DayOfWeek, nth < 0 && IsLast(to) ? -1 : Nth(to))], BySetPosition = [] };

    private static DayOfWeek Later(DayOfWeek day, int days) => (DayOfWeek)(((((int)day + days) % 7) + 7) % 7);

    private static RuleEnd Moved(RuleEnd end, int days)
    {
        // "For ever" is written as a day that has no next one, too.
        var value = Math.Abs((long)days) > (long)(days < 0 ? end.Value - DateTime.MinValue : DateTime.MaxValue - end.Value).TotalDays ? end.Value : end.Value.AddDays(days);
        return end.Kind switch
        {
            RuleEndKind.Day => RuleEnd.On(DateOnly.FromDateTime(value)),
            RuleEndKind.Utc => RuleEnd.AtUtc(value),
            _ => RuleEnd.AtLocal(value),
        };
    }
}
