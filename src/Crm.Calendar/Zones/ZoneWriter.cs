using Crm.Calendar.Text;

namespace Crm.Calendar.Zones;

/// <summary>Describes a zone for programs that do not know its name (RFC 5545 §3.6.5, <c>VTIMEZONE</c>).</summary>
internal static class ZoneWriter
{
    // Long enough after the last event to see what is a rule and what was a year's exception.
    private const int YearsAfter = 12;
    private const int MostYears = 200;

    /// <summary>The zone's name as other programs know it.</summary>
    public static string Name(TimeZoneInfo zone) =>
        !zone.HasIanaId && TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var iana) ? iana : zone.Id;

    public static void Write(PropertyWriter output, TimeZoneInfo zone, int firstYear, int lastYear)
    {
        var first = Math.Clamp(firstYear, 2, 9000);
        var last = Math.Clamp(lastYear, first, first + MostYears) + YearsAfter;
        output.Begin("VTIMEZONE");
        output.Value("TZID", Name(zone));
        foreach (var observance in ZoneObservance.Of(zone, first, last)) Write(output, observance);
        output.End("VTIMEZONE");
    }

    private static void Write(PropertyWriter output, ZoneObservance observance)
    {
        var component = observance.IsDaylight ? "DAYLIGHT" : "STANDARD";
        output.Begin(component);
        output.Value("DTSTART", Times.DateTime(observance.Start));
        output.Value("TZOFFSETFROM", Times.Offset(observance.From));
        output.Value("TZOFFSETTO", Times.Offset(observance.To));
        output.Value("RRULE", observance.Rule?.ToString());
        foreach (var more in observance.More) output.Value("RDATE", Times.DateTime(more));
        output.End(component);
    }
}
