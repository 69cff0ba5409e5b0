using Crm.Calendar.Recurrence;

namespace Crm.Activities.Appointments;

/// <summary>Where a series goes as a whole when one of its times is moved.</summary>
internal static class SeriesShift
{
    private const int DaysAround = 31;
    private const int MostCounted = 5_000;

    /// <summary>All its times afterwards; null where no rule says what is meant.</summary>
    public static RecurrenceSet? By(RecurrenceSet series, DateTime at, DateTime to)
    {
        if (RuleShift.By(series.Rule!, at, to) is not { } rule || Placed(series, at, to, rule) is not { } placed)
            return null;
        return placed with { Rule = AsMany(series, placed) };
    }

    /// <summary>All its times as they were before a move; null where the series does not stand as that move left it.</summary>
    public static RecurrenceSet? Back(RecurrenceSet moved, DateTime at, DateTime was, RecurrenceRule rule) =>
        Placed(moved, at, was, rule) is { } before && By(before, was, at) is { } again && again.Start == moved.Start && again.Rule!.Equals(moved.Rule) ? before : null;

    // The time that is moved keeps its number. Where the second Tuesday becomes the third Wednesday, the first one goes further than the others.
    private static RecurrenceSet? Placed(RecurrenceSet series, DateTime at, DateTime to, RecurrenceRule rule)
    {
        var number = series.All().TakeWhile(t => t < at).Count();
        var isNamed = IsNamed(series);
        var near = series.Start.Ticks + (to - at).Ticks;
        // A day from which a month on both sides is none can't be one that somebody means.
        if (near < TimeSpan.TicksPerDay * DaysAround || near > DateTime.MaxValue.Ticks - (TimeSpan.TicksPerDay * DaysAround))
            return null;
        for (var day = 0; day <= (number > MostCounted ? 0 : DaysAround); day++)
        {
            foreach (var start in new[] { new DateTime(near).AddDays(-day), new DateTime(near).AddDays(day) })
            {
                var placed = series with { Start = start, Rule = rule };
                if (IsNamed(placed) == isNamed && placed.All().ElementAtOrDefault(number) == to)
                    return placed;
            }
        }

        return null;
    }

    private static bool IsNamed(RecurrenceSet set) => set.Rule!.From(set.Start, set.Zone).FirstOrDefault() == set.Start;

    // An end that lay close behind the last time cuts none off, and lets no further one in.
    private static RecurrenceRule AsMany(RecurrenceSet before, RecurrenceSet after)
    {
        var rule = after.Rule!;
        if (rule.Until is null)
            return rule;
        var count = before.All().Take(MostCounted + 1).Count();
        if (count > MostCounted || after.All().Take(count + 1).Count() == count)
            return rule;
        var last = (after with { Rule = rule with { Until = null } }).All().ElementAtOrDefault(count - 1);
        return last == default ? rule : rule with { Until = RuleEnd.On(DateOnly.FromDateTime(last)) };
    }
}
