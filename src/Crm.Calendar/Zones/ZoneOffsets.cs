using Crm.Calendar.Recurrence;
using Crm.Calendar.Text;

namespace Crm.Calendar.Zones;

/// <summary>What a calendar itself says about the offsets of a zone in the years around one.</summary>
internal sealed class ZoneOffsets
{
    private const int MostObservances = 100;
    private const int MostListed = 500;
    private const int MostCount = 50;
    private const int MostRuled = 20;
    private const int YearsAround = 3;

    private readonly List<(DateTime Onset, TimeSpan Offset)> _changes;
    private readonly TimeSpan _first;

    private ZoneOffsets(List<ZoneObservance> observances, int year)
    {
        _first = observances.MinBy(observance => observance.Start)!.From;
        _changes = [.. observances.SelectMany(observance => Onsets(observance, year).Select(onset => (onset, observance.To))).OrderBy(change => change.onset)];
    }

    /// <summary>What a <c>VTIMEZONE</c> says, or null where it says nothing that can be understood.</summary>
    public static ZoneOffsets? Read(CalendarComponent component, int year)
    {
        var read = component.Components.Take(MostObservances).Select(ReadObservance).OfType<ZoneObservance>().ToList();
        return read.Count > 0 ? new ZoneOffsets(read, year) : null;
    }

    /// <summary>The offset at a local time, as the change before it left it.</summary>
    public TimeSpan At(DateTime local)
    {
        var (low, high) = (0, _changes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_changes[middle].Onset <= local) low = middle + 1;
            else high = middle;
        }

        return low == 0 ? _first : _changes[low - 1].Offset;
    }

    // Those of the years around, and the last ones of a rule that ended before them.
    private static IEnumerable<DateTime> Onsets(ZoneObservance observance, int year)
    {
        var onsets = observance.More.Prepend(observance.Start);
        if (observance.Rule is not { } rule) return onsets;
        var firstYear = Math.Min(year, rule.Until?.Value.Year ?? year) - YearsAround;
        var from = rule.Count is null && firstYear > 0 ? new DateTime(firstYear, 1, 1) : DateTime.MinValue;
        var ruled = rule.From(observance.Start, from).TakeWhile(onset => onset.Year <= year + YearsAround);
        return onsets.Concat(rule.Count is null ? ruled.Take(MostRuled) : ruled);
    }

    private static ZoneObservance? ReadObservance(CalendarComponent component)
    {
        if (component.Name is not ("STANDARD" or "DAYLIGHT")) return null;
        if (component.First("DTSTART")?.Value is not { } start || Times.ReadDateTime(start.TrimEnd('Z')) is not { } begin) return null;
        if (Offset(component, "TZOFFSETFROM") is not { } from || Offset(component, "TZOFFSETTO") is not { } to) return null;
        var more = component.All("RDATE").SelectMany(property => property.Value.Split(',')).Select(Times.ReadDateTime).OfType<DateTime>().Take(MostListed);
        return new ZoneObservance(component.Name == "DAYLIGHT", begin, from, to, ReadRule(component.First("RRULE")?.Value), [.. more]);
    }

    private static TimeSpan? Offset(CalendarComponent component, string name) => component.First(name)?.Value is { } value ? Times.ReadOffset(value.Trim()) : null;

    // Clocks are changed by the year; anything else is no rule of a zone.
    private static RecurrenceRule? ReadRule(string? text)
    {
        try
        {
            var rule = text is null ? null : RecurrenceRule.Parse(text);
            return rule is { Frequency: Frequency.Yearly, ByHour.Count: 0, ByMinute.Count: 0, BySecond.Count: 0, Count: null or <= MostCount } ? rule : null;
        }
        catch (CalendarFormatException)
        {
            return null;
        }
    }
}
