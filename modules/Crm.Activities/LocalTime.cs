using Crm.Calendar.Zones;

namespace Crm.Activities;

/// <summary>A day and a time as somebody's clock shows them, as the moment that they are.</summary>
internal static class LocalTime
{
    private const int FirstYear = 1900;
    private const int LastYear = 9000;

    /// <summary>True for a name as the time zone database has it; what files write besides is none that is kept.</summary>
    public static bool IsZone(string? zone) => zone is { Length: > 1 } && char.IsAsciiLetter(zone[0]) && !char.IsWhiteSpace(zone[^1]) && zone[^1] != '"' && ZoneNames.Find(zone) is not null;

    /// <summary>The zone of a name that <see cref="IsZone"/> knows.</summary>
    public static TimeZoneInfo Zone(string name) => ZoneNames.Find(name) ?? throw new TimeZoneNotFoundException($"There is no zone '{name}'.");

    /// <summary>True for a day that something can be planned for: the ends of the calendar leave no room for what is counted from them.</summary>
    public static bool IsPlannable(DateOnly day) => day.Year is >= FirstYear and <= LastYear;

    /// <inheritdoc cref="Utc(DateTime, TimeZoneInfo)"/>
    public static DateTimeOffset Utc(DateOnly day, TimeOnly time, string zone) => Utc(day.ToDateTime(time), Zone(zone));

    /// <summary>The moment, by that date's own offset. A time that the clocks skip is moved on by what they skip; of one that comes twice, the first is meant.</summary>
    public static DateTimeOffset Utc(DateTime local, TimeZoneInfo zone) => new(LocalTimes.ToUtc(local, zone));

    /// <summary>What the clock of a zone shows at a moment.</summary>
    public static DateTime Local(DateTimeOffset at, TimeZoneInfo zone) => LocalTimes.FromUtc(at.UtcDateTime, zone);
}
