namespace Crm.Calendar.Recurrence;

/// <summary>What a rule may not say (RFC 5545 §3.3.10): numbers outside their range, and parts that do not go together.</summary>
internal static class RuleFaults
{
    public static string? First(RecurrenceRule rule) => Ranges(rule).Concat(Together(rule)).FirstOrDefault(fault => fault is not null);

    private static IEnumerable<string?> Ranges(RecurrenceRule rule)
    {
        yield return Enum.IsDefined(rule.Frequency) ? null : "FREQ is not known.";
        yield return Enum.IsDefined(rule.WeekStart) ? null : "WKST is no day of the week.";
        yield return rule.Interval >= 1 ? null : "INTERVAL counts from 1.";
        yield return rule.Count is null or (>= 1 and <= RecurrenceRule.MostCount) ? null : $"COUNT goes from 1 to {RecurrenceRule.MostCount}.";
        yield return Within(rule.ByMonth, "BYMONTH", 1, 12);
        yield return Either(rule.ByMonthDay, "BYMONTHDAY", 31);
        yield return Either(rule.ByYearDay, "BYYEARDAY", 366);
        yield return Either(rule.ByWeekNumber, "BYWEEKNO", 53);
        yield return Either(rule.BySetPosition, "BYSETPOS", 366);
        yield return Within(rule.ByHour, "BYHOUR", 0, 23);
        yield return Within(rule.ByMinute, "BYMINUTE", 0, 59);
        yield return Within(rule.BySecond, "BYSECOND", 0, 59);
        yield return rule.ByDay.All(day => Enum.IsDefined(day.Day) && Math.Abs((long)day.Ordinal) <= 53) ? null : "BYDAY counts up to 53.";
    }

    private static IEnumerable<string?> Together(RecurrenceRule rule)
    {
        var (frequency, ordinals) = (rule.Frequency, rule.ByDay.Any(day => day.Ordinal != 0));
        yield return rule.Count is not null && rule.Until is not null ? "COUNT and UNTIL exclude each other." : null;
        yield return ordinals && (frequency is Frequency.Daily or Frequency.Weekly) ? "BYDAY has numbers only where FREQ is MONTHLY or YEARLY." : null;
        yield return ordinals && rule.ByWeekNumber.Count > 0 ? "BYDAY has no numbers beside BYWEEKNO." : null;
        yield return rule.ByMonthDay.Count > 0 && frequency == Frequency.Weekly ? "BYMONTHDAY does not go with FREQ=WEEKLY." : null;
        yield return rule.ByYearDay.Count > 0 && frequency != Frequency.Yearly ? "BYYEARDAY goes with FREQ=YEARLY only." : null;
        yield return rule.ByWeekNumber.Count > 0 && frequency != Frequency.Yearly ? "BYWEEKNO goes with FREQ=YEARLY only." : null;
        yield return rule.BySetPosition.Count > 0 && !HasParts(rule) ? "BYSETPOS needs another part to choose from." : null;
        yield return (long)Math.Max(1, rule.ByHour.Count) * Math.Max(1, rule.ByMinute.Count) * Math.Max(1, rule.BySecond.Count) > RecurrenceRule.MostTimesPerDay
            ? $"A rule has {RecurrenceRule.MostTimesPerDay} times a day at most."
            : null;
    }

    private static bool HasParts(RecurrenceRule rule) =>
        rule.ByDay.Count + rule.ByMonthDay.Count + rule.ByMonth.Count + rule.ByYearDay.Count + rule.ByWeekNumber.Count + rule.ByHour.Count + rule.ByMinute.Count + rule.BySecond.Count > 0;

    private static string? Within(IReadOnlyList<int> values, string name, int least, int most) =>
        values.All(value => value >= least && value <= most) ? null : $"{name} goes from {least} to {most}.";

    private static string? Either(IReadOnlyList<int> values, string name, int most) =>
        values.All(value => value != 0 && value >= -most && value <= most) ? null : $"{name} goes from 1 to {most} or from -1 to -{most}.";
}
