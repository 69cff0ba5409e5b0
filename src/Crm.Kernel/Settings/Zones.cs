namespace Crm.Kernel.Settings;

/// <summary>The time zones that can be chosen, by IANA name.</summary>
internal static class Zones
{
    /// <summary>Names with a region, sorted; what is an alias or an abbreviation is left out.</summary>
    public static IReadOnlyList<string> All { get; } = TimeZoneInfo.GetSystemTimeZones()
        .Select(z => z.HasIanaId ? z.Id : TimeZoneInfo.TryConvertWindowsIdToIanaId(z.Id, out var iana) ? iana : "")
        .Where(id => id.Contains('/', StringComparison.Ordinal) && !id.StartsWith("Etc/", StringComparison.Ordinal) && !id.StartsWith("SystemV/", StringComparison.Ordinal))
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal)
        .Prepend("Etc/UTC")
        .ToList();

    public static bool Has(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out _);

    /// <summary>The zone of the first choice that this machine knows; UTC where it knows none.</summary>
    public static TimeZoneInfo Of(params ReadOnlySpan<string> choices)
    {
        foreach (var choice in choices)
        {
            if (choice.Length > 0 && TimeZoneInfo.TryFindSystemTimeZoneById(choice, out var zone))
                return zone;
        }

        return TimeZoneInfo.Utc;
    }
}
