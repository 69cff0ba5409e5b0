namespace Crm.Calendar.Recurrence;

/// <summary>Whether a day obeys a rule, its interval and its ends left aside. What the rule does not say is taken from the start (RFC 5545 §3.3.10).</summary>
internal sealed class DayFilter
{
    private readonly IReadOnlyList<int> _months;
    private readonly IReadOnlyList<int> _monthDays;
    private readonly IReadOnlyList<int> _yearDays;
    private readonly IReadOnlyList<int> _weeks;
    private readonly IReadOnlyList<RuleDay> _days;
    private readonly DayOfWeek _weekStart;
    private readonly bool _ordinalsInMonth;

    public DayFilter(RecurrenceRule rule, DateOnly start)
    {
        (_months, _monthDays, _yearDays, _weeks, _days, _weekStart) = (rule.ByMonth, rule.ByMonthDay, rule.ByYearDay, rule.ByWeekNumber, rule.ByDay, rule.WeekStart);
        _ordinalsInMonth = rule.Frequency == Frequency.Monthly || rule.ByMonth.Count > 0;
        if (_monthDays.Count + _yearDays.Count + _days.Count > 0 || rule.Frequency == Frequency.Daily) return;
        if (rule.Frequency == Frequency.Weekly || _weeks.Count > 0) _days = [new RuleDay(start.DayOfWeek)];
        else _monthDays = [start.Day];
        if (rule.Frequency == Frequency.Yearly && _weeks.Count == 0 && _months.Count == 0) _months = [start.Month];
    }

    /// <summary>Whether any day of the month can be one.</summary>
    public bool HasMonth(int month) => _months.Count == 0 || _months.Contains(month);

    public bool Has(DateOnly day) => HasMonth(day.Month) && HasMonthDay(day) && HasWeekday(day) && HasYearDay(day) && HasWeek(day);

    private static int YearLength(DateOnly day) => DateTime.IsLeapYear(day.Year) ? 366 : 365;

    // A place counted from the front and the same place counted from the back.
    private static bool Either(IReadOnlyList<int> wanted, int place, int length) => wanted.Contains(place) || wanted.Contains(place - length - 1);

    private bool HasMonthDay(DateOnly day) => _monthDays.Count == 0 || Either(_monthDays, day.Day, DateTime.DaysInMonth(day.Year, day.Month));

    private bool HasYearDay(DateOnly day) => _yearDays.Count == 0 || Either(_yearDays, day.DayOfYear, YearLength(day));

    private bool HasWeekday(DateOnly day)
    {
        if (_days.Count == 0) return true;
        var (place, length) = _ordinalsInMonth ? (day.Day, DateTime.DaysInMonth(day.Year, day.Month)) : (day.DayOfYear, YearLength(day));
        var fromFront = ((place - 1) / 7) + 1;
        var fromBack = -(((length - place) / 7) + 1);
        foreach (var wanted in _days)
            if (wanted.Day == day.DayOfWeek && (wanted.Ordinal == 0 || wanted.Ordinal == fromFront || wanted.Ordinal == fromBack)) return true;
        return false;
    }

    private bool HasWeek(DateOnly day)
    {
        if (_weeks.Count == 0) return true;
        var (year, number) = Week(day);
        // The 28th of December always lies in the last week of its year.
        return Either(_weeks, number, Week(new DateOnly(year, 12, 28)).Number);
    }

    // A week belongs to the year in which most of it lies: the one of its fourth day.
    private (int Year, int Number) Week(DateOnly day)
    {
        var intoWeek = ((int)day.DayOfWeek - (int)_weekStart + 7) % 7;
        var fourth = DateOnly.FromDayNumber(Math.Max(0, day.DayNumber - intoWeek + 3));
        return (fourth.Year, ((fourth.DayOfYear - 1) / 7) + 1);
    }
}
