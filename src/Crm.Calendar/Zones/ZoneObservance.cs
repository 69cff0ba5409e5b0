using Crm.Calendar.Recurrence;

namespace Crm.Calendar.Zones;

/// <summary>Changes of a zone that follow one rule, or that follow none and are listed (RFC 5545 §3.6.5, <c>STANDARD</c> and <c>DAYLIGHT</c>).</summary>
internal sealed record ZoneObservance(bool IsDaylight, DateTime Start, TimeSpan From, TimeSpan To, RecurrenceRule? Rule, IReadOnlyList<DateTime> More)
{
    // Two years may agree by chance.
    private const int Regular = 3;

    /// <summary>What a zone does in some years; a rule that still holds in the last of them goes on without end.</summary>
    public static IEnumerable<ZoneObservance> Of(TimeZoneInfo zone, int firstYear, int lastYear)
    {
        var from = new DateTime(firstYear - 1, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var changes = ZoneTransition.Between(zone, from, new DateTime(lastYear + 1, 1, 1, 0, 0, 0, DateTimeKind.Utc)).ToList();
        // Something has to say what holds before the first change.
        if (changes.Count == 0 || changes[0].Utc.Year >= firstYear)
        {
            var offset = zone.GetUtcOffset(from);
            yield return new ZoneObservance(false, DateTime.SpecifyKind(from, DateTimeKind.Unspecified), offset, offset, null, []);
        }

        foreach (var run in Runs(changes)) yield return Of(run, lastYear);
    }

    // Changes of following years at the same hour of the same weekday and month.
    private static List<List<ZoneTransition>> Runs(List<ZoneTransition> changes)
    {
        var runs = new List<List<ZoneTransition>>();
        foreach (var change in changes)
        {
            var run = runs.FindLast(known => known[^1] is var last && last.Onset.Year == change.Onset.Year - 1 && Key(last) == Key(change));
            if (run is null) runs.Add([change]);
            else run.Add(change);
        }

        return runs;
    }

    private static (TimeSpan From, TimeSpan To, bool IsDaylight, int Month, DayOfWeek Day, TimeSpan Time) Key(ZoneTransition change) =>
        (change.From, change.To, change.IsDaylight, change.Onset.Month, change.Onset.DayOfWeek, change.Onset.TimeOfDay);

    private static ZoneObservance Of(List<ZoneTransition> run, int lastYear)
    {
        var (first, last) = (run[0], run[^1]);
        var rule = run.Count < Regular ? null : RuleOf(run);
        if (rule is not null && last.Onset.Year < lastYear) rule = rule with { Until = RuleEnd.AtUtc(last.Utc) };
        return new ZoneObservance(first.IsDaylight, first.Onset, first.From, first.To, rule, rule is null ? [.. run.Skip(1).Select(change => change.Onset)] : []);
    }

    private static RecurrenceRule? RuleOf(List<ZoneTransition> run)
    {
        var (month, weekday) = (run[0].Onset.Month, run[0].Onset.DayOfWeek);
        var days = run.ConvertAll(change => change.Onset.Day);
        var yearly = new RecurrenceRule { Frequency = Frequency.Yearly, ByMonth = [month] };
        if (run.TrueForAll(change => change.Onset.Day + 7 > DateTime.DaysInMonth(change.Onset.Year, month))) return yearly with { ByDay = [new(weekday, -1)] };
        if (days.TrueForAll(day => (day - 1) / 7 == (days[0] - 1) / 7)) return yearly with { ByDay = [new(weekday, ((days[0] - 1) / 7) + 1)] };
        // A weekday on or after some day of the month; all seven places have to be seen to know which.
        return days.Max() - days.Min() == 6 ? yearly with { ByDay = [new(weekday)], ByMonthDay = [.. Enumerable.Range(days.Min(), 7)] } : null;
    }
}
