namespace Crm.Calendar.Zones;

/// <summary>A moment at which the clocks of a zone change, and the offsets before and after it.</summary>
internal sealed record ZoneTransition(DateTime Utc, TimeSpan From, TimeSpan To, bool IsDaylight)
{
    // Shorter than any two changes of a real zone are apart, and few enough questions for a year.
    private static readonly TimeSpan _step = TimeSpan.FromDays(3);

    /// <summary>What the clocks show when they are changed.</summary>
    public DateTime Onset { get; } = DateTime.SpecifyKind(Utc + From, DateTimeKind.Unspecified);

    /// <summary>All changes between two instants. They are found by asking for offsets, which is right for every zone, however its rules are kept.</summary>
    public static IEnumerable<ZoneTransition> Between(TimeZoneInfo zone, DateTime from, DateTime to)
    {
        var before = zone.GetUtcOffset(from);
        for (var (at, next) = (from, from + _step); at < to; (at, next) = (next, next + _step))
        {
            var after = zone.GetUtcOffset(next);
            if (after == before) continue;
            var utc = Moment(zone, at, next, before);
            yield return new ZoneTransition(utc, before, zone.GetUtcOffset(utc), zone.IsDaylightSavingTime(utc));
            before = after;
        }
    }

    // The first second at which the offset is another one.
    private static DateTime Moment(TimeZoneInfo zone, DateTime low, DateTime high, TimeSpan before)
    {
        while (high - low > TimeSpan.FromSeconds(1))
        {
            var middle = low.AddSeconds(Math.Floor((high - low).TotalSeconds / 2));
            if (zone.GetUtcOffset(middle) == before) low = middle;
            else high = middle;
        }

        return high;
    }
}
