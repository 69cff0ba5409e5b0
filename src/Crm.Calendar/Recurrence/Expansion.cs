namespace Crm.Calendar.Recurrence;

/// <summary>Reads the occurrences of one rule from one start, period by period.</summary>
internal sealed class Expansion
{
    private readonly RecurrenceRule _rule;
    private readonly DateTime _start;
    private readonly TimeZoneInfo? _zone;
    private readonly Periods _periods;
    private readonly DayFilter _filter;
    private readonly TimeSpan[] _times;

    public Expansion(RecurrenceRule rule, DateTime start, TimeZoneInfo? zone)
    {
        var day = DateOnly.FromDateTime(start);
        (_rule, _start, _zone) = (rule, DateTime.SpecifyKind(start, DateTimeKind.Unspecified), zone);
        _periods = new Periods(rule, day);
        _filter = new DayFilter(rule, day);
        _times = Times(rule, start.TimeOfDay);
    }

    /// <summary>The occurrences at or after a time. A count has to be counted from the start; without one the periods before are skipped.</summary>
    public IEnumerable<DateTime> From(DateTime notBefore)
    {
        if (!CanChoose()) yield break;
        var from = notBefore > _start ? DateTime.SpecifyKind(notBefore, DateTimeKind.Unspecified) : _start;
        var left = _rule.Count ?? int.MaxValue;
        var lastYear = (_rule.Count is null ? from : _start).Year;
        for (var number = _rule.Count is null ? _periods.NumberOf(DateOnly.FromDateTime(from)) : 0; _periods[number] is var (first, last); number++)
        {
            if (first.Year - lastYear > RecurrenceRule.HorizonYears) yield break;
            foreach (var time in Chosen(first, last))
            {
                if (time < _start) continue;
                if (left-- == 0 || _rule.Until?.IsOver(time, _zone) == true) yield break;
                lastYear = time.Year;
                if (time >= from) yield return time;
            }

            if (left == 0 || IsPast(first)) yield break;
        }
    }

    // A fifth one of three is never found, however long one looks.
    private bool CanChoose()
    {
        var days = _rule.Frequency switch { Frequency.Daily => 1, Frequency.Weekly => 7, Frequency.Monthly => 31, _ => 366 };
        return _rule.BySetPosition.Count == 0 || _rule.BySetPosition.Any(position => Math.Abs(position) <= days * _times.Length);
    }

    // Whatever the zone: an end in UTC lies within a day of its local time.
    private bool IsPast(DateOnly day) => _rule.Until is { } until && day.DayNumber > DateOnly.FromDateTime(until.Value).DayNumber + 1;

    private static TimeSpan[] Times(RecurrenceRule rule, TimeSpan start)
    {
        if (rule.ByHour.Count + rule.ByMinute.Count + rule.BySecond.Count == 0) return [start];
        IReadOnlyList<int> hours = rule.ByHour.Count > 0 ? rule.ByHour : [start.Hours];
        IReadOnlyList<int> minutes = rule.ByMinute.Count > 0 ? rule.ByMinute : [start.Minutes];
        IReadOnlyList<int> seconds = rule.BySecond.Count > 0 ? rule.BySecond : [start.Seconds];
        return [.. from hour in hours from minute in minutes from second in seconds select new TimeSpan(hour, minute, second)];
    }

    private IEnumerable<DateTime> Chosen(DateOnly first, DateOnly last)
    {
        if (_rule.BySetPosition.Count == 0) return All(first, last);
        var all = All(first, last).ToList();
        return _rule.BySetPosition
            .Select(position => position > 0 ? position - 1 : all.Count + position)
            .Where(place => place >= 0 && place < all.Count)
            .Distinct().Order().Select(place => all[place]);
    }

    private IEnumerable<DateTime> All(DateOnly first, DateOnly last)
    {
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            if (!_filter.HasMonth(day.Month))
            {
                day = day.AddDays(DateTime.DaysInMonth(day.Year, day.Month) - day.Day);
                continue;
            }

            if (!_filter.Has(day)) continue;
            foreach (var time in _times) yield return day.ToDateTime(TimeOnly.MinValue).Add(time);
        }
    }
}
