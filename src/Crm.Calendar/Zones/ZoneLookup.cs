using System.Globalization;
using Crm.Calendar.Text;

namespace Crm.Calendar.Zones;

/// <summary>The zones of one calendar that is read: by name, else by what the calendar itself says about them.</summary>
internal sealed class ZoneLookup(CalendarComponent calendar, CalendarReading reading)
{
    private readonly Dictionary<string, CalendarComponent> _described = calendar.Parts("VTIMEZONE")
        .Where(zone => zone.First("TZID") is not null)
        .GroupBy(zone => zone.First("TZID")!.Text.Trim(), StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    private readonly Dictionary<string, TimeZoneInfo?> _named = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Name, int Year), (TimeZoneInfo Zone, bool OnlyOffset)?> _matched = [];

    /// <summary>The zone that a name means at a local time; null where nobody knows it. A fault says what is doubtful about it.</summary>
    public TimeZoneInfo? Find(string name, DateTime local, out string? fault)
    {
        fault = null;
        var id = name.Trim();
        if (Named(id) is { } known) return known;
        var match = Matched(id, local);
        if (match is null) fault = string.Create(CultureInfo.InvariantCulture, $"The time zone “{Shown(id)}” is not known and not described: the time is read without zone.");
        else if (match.Value.OnlyOffset) fault = $"The time zone “{Shown(id)}” is like no zone that is known: only its offset on that date is kept.";
        return match?.Zone;
    }

    private static string Shown(string name) => name.Length <= 60 ? name : name[..60] + "…";

    private TimeZoneInfo? Named(string id)
    {
        if (_named.TryGetValue(id, out var zone)) return zone;
        zone = ZoneNames.Find(id);
        if (zone is null && _described.TryGetValue(id, out var described) && described.First("X-LIC-LOCATION") is { } location) zone = ZoneNames.Find(location.Text);
        return _named[id] = zone;
    }

    private (TimeZoneInfo Zone, bool OnlyOffset)? Matched(string id, DateTime local)
    {
        if (!_described.TryGetValue(id, out var described)) return null;
        if (_matched.TryGetValue((id, local.Year), out var match)) return match;
        if (_matched.Count >= reading.MostZones) return null;
        match = ZoneOffsets.Read(described, local.Year) is { } offsets ? ZoneMatch.Find(offsets, local, id, reading.PreferredZone) : null;
        return _matched[(id, local.Year)] = match;
    }
}
