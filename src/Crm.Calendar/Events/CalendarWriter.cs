using Crm.Calendar.Text;
using Crm.Calendar.Zones;

namespace Crm.Calendar.Events;

/// <summary>Writes calendars.</summary>
internal static class CalendarWriter
{
    public static void Write(CalendarObject calendar, PropertyWriter output)
    {
        output.Begin("VCALENDAR");
        output.Value("VERSION", "2.0");
        output.Text("PRODID", calendar.ProductId);
        output.Value("CALSCALE", "GREGORIAN");
        if (calendar.Method is { } method) output.Value("METHOD", Words.Methods[(int)method]);
        // The name's and the interval's older words are the ones that most programs read.
        output.Text("NAME", calendar.Name);
        output.Text("X-WR-CALNAME", calendar.Name);
        if (calendar.Refresh is { } refresh)
        {
            output.Value("REFRESH-INTERVAL", Times.Length(refresh), ("VALUE", "DURATION"));
            output.Value("X-PUBLISHED-TTL", Times.Length(refresh));
        }

        WriteZones(calendar.Events, output);
        foreach (var one in calendar.Events) EventWriter.Write(one, output);
        output.End("VCALENDAR");
    }

    private static void WriteZones(IReadOnlyList<CalendarEvent> events, PropertyWriter output)
    {
        var zones = new SortedDictionary<string, (TimeZoneInfo Zone, int First, int Last)>(StringComparer.Ordinal);
        foreach (var time in events.SelectMany(AllTimes))
        {
            if (time?.Zone is not { } zone || time.IsUtc) continue;
            var (name, year) = (ZoneWriter.Name(zone), time.Local.Year);
            zones[name] = zones.TryGetValue(name, out var known) ? (zone, Math.Min(known.First, year), Math.Max(known.Last, year)) : (zone, year, year);
        }

        foreach (var (zone, first, last) in zones.Values) ZoneWriter.Write(output, zone, first, last);
    }

    private static IEnumerable<CalendarTime?> AllTimes(CalendarEvent one) => one.Except.Concat(one.Extra).Append(one.Start).Append(one.End).Append(one.RecurrenceId);
}
