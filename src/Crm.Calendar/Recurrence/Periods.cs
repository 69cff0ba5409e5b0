namespace Crm.Calendar.Recurrence;

/// <summary>The days, weeks, months or years of a rule, numbered from the one of its start, with the interval between them.</summary>
internal sealed class Periods(RecurrenceRule rule, DateOnly start)
{
    /// <summary>The last day that is looked at: a year before the calendar's end, so that a week over the turn of the year still has all its days.</summary>
    public static readonly DateOnly LastDay = new(9998, 12, 31);

    private readonly int _weekStart = start.DayNumber - (((int)start.DayOfWeek - (int)rule.WeekStart + 7) % 7);

    /// <summary>The number of the last period that begins at or before a day.</summary>
    public long NumberOf(DateOnly day)
    {
        long distance = rule.Frequency switch
        {
            Frequency.Daily => day.DayNumber - start.DayNumber,
            Frequency.Weekly => (day.DayNumber - _weekStart) / 7,
            Frequency.Monthly => ((day.Year - start.Year) * 12) + day.Month - start.Month,
            _ => day.Year - start.Year,
        };
        return Math.Max(0, distance) / rule.Interval;
    }

    /// <summary>The first and the last day of a period, or null where it begins after the last day of all.</summary>
    public (DateOnly First, DateOnly Last)? this[long number]
    {
        get
        {
            var distance = number * rule.Interval;
            return rule.Frequency switch
            {
                Frequency.Daily => Days(start.DayNumber + distance, 1),
                Frequency.Weekly => Days(_weekStart + (distance * 7), 7),
                Frequency.Monthly => Months(((start.Year - 1) * 12L) + start.Month - 1 + distance, 1),
                _ => Months((start.Year - 1 + distance) * 12, 12),
            };
        }
    }

    private static (DateOnly First, DateOnly Last)? Days(long first, int length) => first > LastDay.DayNumber
        ? null
        : (DateOnly.FromDayNumber((int)Math.Max(0, first)), DateOnly.FromDayNumber((int)first + length - 1));

    private static (DateOnly First, DateOnly Last)? Months(long first, int length)
    {
        if (first >= LastDay.Year * 12L) return null;
        var day = new DateOnly((int)(first / 12) + 1, (int)(first % 12) + 1, 1);
        return (day, day.AddMonths(length).AddDays(-1));
    }
}
