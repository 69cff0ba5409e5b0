namespace Crm.Activities;

/// <summary>A day and a time as somebody's clock shows them, as the moment that they are.</summary>
internal static class LocalTime
{
    public static bool IsZone(string? zone) => !string.IsNullOrEmpty(zone) && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _);

    /// <summary>The moment, by that date's own offset. A time that the clocks skip is moved on by what they skip; of one that comes twice, the first is meant.</summary>
    public static DateTimeOffset Utc(DateOnly day, TimeOnly time, string zone) => Utc(day.ToDateTime(time), TimeZoneInfo.FindSystemTimeZoneById(zone));

    /// <inheritdoc cref="Utc(DateOnly, TimeOnly, string)"/>
    public static DateTimeOffset Utc(DateTime local, TimeZoneInfo zone)
    {
        if (zone.IsInvalidTime(local))
        {
            // Before the change the offset is the smaller one: with it the moment lies after the gap, by as much as was asked inside it.
            var before = zone.GetUtcOffset(local.AddHours(-3));
            return new DateTimeOffset(DateTime.SpecifyKind(local - before, DateTimeKind.Utc));
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(DateTime.SpecifyKind(local - offset, DateTimeKind.Utc));
    }

    /// <summary>What the clock of a zone shows at a moment.</summary>
    public static DateTime Local(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).DateTime;
}
