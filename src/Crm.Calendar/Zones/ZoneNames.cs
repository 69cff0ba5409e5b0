namespace Crm.Calendar.Zones;

/// <summary>Finds the zone that a name means: of the time zone database, of Windows, or with something before it as some programs write it.</summary>
public static class ZoneNames
{
    private const int MostLength = 100;

    /// <summary>The zone of a name, or null where the machine knows none.</summary>
    /// <param name="name">A name such as <c>Europe/Riga</c>, <c>FLE Standard Time</c> or <c>/example.org/Europe/Riga</c>.</param>
    public static TimeZoneInfo? Find(string name)
    {
        var plain = name.Trim().Trim('"');
        if (plain.Length is 0 or > MostLength) return null;
        if (plain.Equals("Z", StringComparison.OrdinalIgnoreCase)) return TimeZoneInfo.Utc;
        // A name is looked up as a file: only what can be one of a zone is.
        if (plain[0] != '/') return Known(plain);
        var parts = plain.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var length = Math.Min(3, parts.Length); length >= 1; length--)
            if (Known(string.Join('/', parts[^length..])) is { } zone) return zone;
        return null;
    }

    private static TimeZoneInfo? Known(string name)
    {
        if (!char.IsAsciiLetter(name[0]) || name.Contains("..", StringComparison.Ordinal) || name.Any(sign => !char.IsAsciiLetterOrDigit(sign) && !" /_+-.()".Contains(sign, StringComparison.Ordinal))) return null;
        // Other tables of the same names: with leap seconds, and without.
        if (name.StartsWith("right/", StringComparison.OrdinalIgnoreCase) || name.StartsWith("posix/", StringComparison.OrdinalIgnoreCase)) return null;
        try
        {
            return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;
        }
        catch (Exception fault) when (fault is InvalidTimeZoneException or TimeZoneNotFoundException or System.Security.SecurityException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
