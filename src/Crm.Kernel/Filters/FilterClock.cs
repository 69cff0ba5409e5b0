using System.Globalization;
using Crm.Kernel.Records;

namespace Crm.Kernel.Filters;

/// <summary>Reads days and moments as the user means them: in his zone, relative to now.</summary>
internal sealed class FilterClock(DateTimeOffset now, TimeZoneInfo zone)
{
    private static readonly string[] _formats =
        ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public DateOnly Today => DayOf(now);

    /// <summary>The day that a moment falls on.</summary>
    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    /// <summary>The value as a day, or else as a moment.</summary>
    public (DateOnly? Day, DateTimeOffset? At) Read(FilterValue value)
    {
        if (value.Is("today"))
            return (Today, null);
        if (value.Is("now"))
            return (null, now);
        if (DateOnly.TryParseExact(value.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return (Usable(day, value), null);
        if (Moment(value.Text) is { } at)
            return (null, at);
        return (null, Relative(value) ?? throw new BadFilter("Expected a day (2026-01-31), a moment, today, now, or a time such as -30d", value.Position));
    }

    /// <summary>The value as a day.</summary>
    public DateOnly Day(FilterValue value)
    {
        var (day, at) = Read(value);
        return day ?? DayOf(at!.Value);
    }

    /// <summary>The first moment of a day (UTC).</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        // In some zones the clocks jump at midnight.
        while (zone.IsInvalidTime(midnight))
            midnight = midnight.AddMinutes(30);
        return new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(midnight, zone), TimeSpan.Zero);
    }

    private static DateOnly Usable(DateOnly day, FilterValue value) =>
        day.Year is > 1 and < 9998 ? day : throw new BadFilter("The year is out of range", value.Position);

    private DateTimeOffset? Moment(string text)
    {
        var clock = text.IndexOf('T', StringComparison.Ordinal);
        if (clock < 0 || !DateTimeOffset.TryParseExact(text, _formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            return null;
        if (at.Year is <= 1 or >= 9998)
            return null;
        if (text.AsSpan(clock).ContainsAny('Z', '+', '-'))
            return at.ToUniversalTime();
        return StartOf(DateOnly.FromDateTime(at.DateTime)) + at.TimeOfDay;
    }

    // A plus in an address arrives as a space: no sign means the future, too.
    private DateTimeOffset? Relative(FilterValue value)
    {
        var text = value.Text;
        if (value.IsQuoted || text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count))
            return null;
        try
        {
            var at = char.ToLowerInvariant(text[^1]) switch
            {
                'h' => now.AddHours(count),
                'd' => now.AddDays(count),
                'w' => now.AddDays(7d * count),
                'm' => now.AddMonths(count),
                'y' => now.AddYears(count),
                _ => (DateTimeOffset?)null,
            };
            if (at is { Year: <= 1 or >= 9998 })
                throw new BadFilter("The time is out of range", value.Position);
            return at;
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new BadFilter("The time is out of range", value.Position);
        }
    }
}
