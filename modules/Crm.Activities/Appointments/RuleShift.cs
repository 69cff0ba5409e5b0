using Crm.Calendar.Recurrence;

namespace Crm.Activities.Appointments;

/// <summary>Moves a rule along with the time that somebody moved: what was every Tuesday is every Wednesday.</summary>
internal static class RuleShift
{
    public static RecurrenceRule By(RecurrenceRule rule, DateTime from, DateTime to)
    {
        var days = (to.Date - from.Date).Days;
        if (days == 0)
            return rule;
        var moved = rule.Until is { } until ? rule with { Until = Moved(until, days) } : rule;
        if (rule.Frequency == Frequency.Weekly)
            return moved with { ByDay = [.. rule.ByDay.Select(d => d with { Day = (DayOfWeek)((((int)d.Day + days) % 7 + 7) % 7) })] };
        if (rule.ByDay is [{ Ordinal: not 0 } one])
            moved = moved with { ByDay = [new RuleDay(to.DayOfWeek, one.Ordinal < 0 && IsLast(to) ? -1 : Nth(to))] };
        if (rule.ByMonthDay.Count == 1)
            moved = moved with { ByMonthDay = [to.Day] };
        return rule.ByMonth.Count == 1 ? moved with { ByMonth = [to.Month] } : moved;
    }

    /// <summary>Which one of its weekdays in the month a day is: 1 is the first.</summary>
    public static int Nth(DateTime day) => ((day.Day - 1) / 7) + 1;

    public static bool IsLast(DateTime day) => day.AddDays(7).Month != day.Month;

    private static RuleEnd Moved(RuleEnd end, int days) => end.Kind switch
    {
        RuleEndKind.Day => RuleEnd.On(DateOnly.FromDateTime(end.Value).AddDays(days)),
        RuleEndKind.Utc => RuleEnd.AtUtc(end.Value.AddDays(days)),
        _ => RuleEnd.AtLocal(end.Value.AddDays(days)),
    };
}
