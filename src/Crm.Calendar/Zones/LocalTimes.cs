namespace Crm.Calendar.Zones;

/// <summary>Local time of a date to an instant and back, with the offset that the zone has on that very date (RFC 5545 §3.3.5).</summary>
public static class LocalTimes
{
    // No zone is further than this from UTC, so that a day around a local time surely holds its instant.
    private static readonly TimeSpan _around = TimeSpan.FromHours(24);

    /// <summary>
    /// The instant of a local time. A time that the clocks jump over is read with the offset from before the jump, which moves it forward by the length of the gap
    /// (02:30 in a gap from 02:00 to 03:00 is 03:30). A time that comes twice is the first of the two, the one still in summer time.
    /// </summary>
    /// <param name="local">The time on the wall; its <see cref="DateTime.Kind"/> does not matter.</param>
    /// <param name="zone">The zone of the wall.</param>
    /// <returns>The instant in UTC. Within a day of the ends of the calendar, the nearest instant that there is.</returns>
    public static DateTime ToUtc(DateTime local, TimeZoneInfo zone)
    {
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Utc);
        // Asked by instants and not by local time: an instant has one offset, and no doubt about it.
        var before = zone.GetUtcOffset(Moved(wall, -_around));
        var after = zone.GetUtcOffset(Moved(wall, _around));
        var early = Moved(wall, -before);
        if (before == after) return early;
        var late = Moved(wall, -after);
        var earlyIs = zone.GetUtcOffset(early) == before;
        var lateIs = zone.GetUtcOffset(late) == after;
        if (earlyIs && lateIs) return early < late ? early : late;
        return lateIs ? late : early;
    }

    /// <summary>What the clock on the wall shows at an instant.</summary>
    /// <param name="utc">The instant in UTC.</param>
    /// <param name="zone">The zone of the wall.</param>
    /// <returns>The local time, of unspecified kind.</returns>
    public static DateTime FromUtc(DateTime utc, TimeZoneInfo zone)
    {
        var instant = DateTime.SpecifyKind(utc, DateTimeKind.Utc);
        return DateTime.SpecifyKind(Moved(instant, zone.GetUtcOffset(instant)), DateTimeKind.Unspecified);
    }

    private static DateTime Moved(DateTime time, TimeSpan by) =>
        new(Math.Clamp(time.Ticks + by.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc);
}
