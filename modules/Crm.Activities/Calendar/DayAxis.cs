using System.Runtime.InteropServices;
using Crm.Calendar.Zones;

namespace Crm.Activities.Calendar;

/// <summary>Half an hour on a wall clock.</summary>
/// <param name="Minute">Minutes since midnight, as the clock shows them.</param>
/// <param name="IsAgain">True where the clock shows the time for the second time that day.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Slot(int Minute, bool IsAgain)
{
    public TimeOnly Time => new(Minute / 60, Minute % 60);
}

/// <summary>
/// The half hours down the side of days shown beside each other. A day on which the clocks go back has some of them twice, and so have its neighbours, as a gap;
/// on one on which they go forward some are not there. So each row means the same time on the wall in every column, and no hour is lost.
/// </summary>
internal sealed class DayAxis
{
    public const int SlotMinutes = 30;
    private const int DayMinutes = 24 * 60;
    private readonly Dictionary<Slot, int> _index;
    private readonly Dictionary<DateOnly, List<(Slot Slot, DateTimeOffset At)>> _days;

    private DayAxis(List<Slot> slots, Dictionary<DateOnly, List<(Slot Slot, DateTimeOffset At)>> days)
    {
        (Slots, _days) = (slots, days);
        _index = slots.Select((slot, index) => (slot, index)).ToDictionary(p => p.slot, p => p.index);
    }

    public IReadOnlyList<Slot> Slots { get; }

    public static DayAxis Of(IReadOnlyList<DateOnly> days, TimeZoneInfo zone)
    {
        var read = days.Distinct().ToDictionary(d => d, d => Read(d, zone));
        var slots = Enumerable.Range(0, DayMinutes / SlotMinutes).Select(i => new Slot(i * SlotMinutes, false)).ToList();
        foreach (var again in read.Values.Select(d => d.Where(s => s.Slot.IsAgain).Select(s => s.Slot).ToList()).Where(a => a.Count > 0))
        {
            var missing = again.Where(s => !slots.Contains(s)).ToList();
            var after = slots.FindIndex(s => s.Minute == again[^1].Minute + SlotMinutes);
            slots.InsertRange(after < 0 ? slots.Count : after, missing);
        }

        return new DayAxis(slots, read);
    }

    /// <summary>The moment at which a row begins on a day; null where the clocks leave it out, or have it only once.</summary>
    public DateTimeOffset? At(DateOnly day, Slot slot)
    {
        foreach (var (own, at) in _days[day])
        {
            if (own == slot)
                return at;
        }

        return null;
    }

    /// <summary>The first moment of a day, and the first of the next.</summary>
    public static (DateTimeOffset From, DateTimeOffset To) Bounds(DateOnly day, TimeZoneInfo zone) =>
        (new(LocalTimes.ToUtc(day.ToDateTime(TimeOnly.MinValue), zone)), new(LocalTimes.ToUtc(day.AddDays(1).ToDateTime(TimeOnly.MinValue), zone)));

    /// <summary>From which quarter of an hour down the side to which something takes, as far as it lies on the day.</summary>
    public (int Row, int Span) Rows(DateOnly day, DateTimeOffset from, DateTimeOffset to)
    {
        var first = Row(day, from, isEnd: false);
        return (first, Math.Max(1, Row(day, to, isEnd: true) - first));
    }

    private int Row(DateOnly day, DateTimeOffset at, bool isEnd)
    {
        var own = _days[day];
        var index = own.FindLastIndex(s => isEnd ? s.At < at : s.At <= at);
        if (index < 0)
            return _index[own[0].Slot] * 2;
        var minutes = Math.Min(SlotMinutes, (at - own[index].At).TotalMinutes);
        var quarters = isEnd ? (int)Math.Ceiling(minutes / 15) : (int)(minutes / 15);
        return (_index[own[index].Slot] * 2) + Math.Min(quarters, isEnd ? 2 : 1);
    }

    private static List<(Slot Slot, DateTimeOffset At)> Read(DateOnly day, TimeZoneInfo zone)
    {
        var (from, to) = Bounds(day, zone);
        var slots = new List<(Slot, DateTimeOffset)>();
        var seen = new HashSet<int>();
        for (var at = from; at < to; at = at.AddMinutes(SlotMinutes))
        {
            var wall = LocalTimes.FromUtc(at.UtcDateTime, zone);
            var minute = (int)wall.TimeOfDay.TotalMinutes / SlotMinutes * SlotMinutes;
            if (DateOnly.FromDateTime(wall) == day)
                slots.Add((new Slot(minute, !seen.Add(minute)), at));
        }

        return slots;
    }
}
