using Crm.Calendar.Text;
using Crm.Calendar.Zones;

namespace Crm.Calendar.Events;

/// <summary>Reads a calendar out of its components. An event that is none is left out and named.</summary>
internal static class CalendarReader
{
    public static CalendarObject Read(CalendarComponent calendar, CalendarReading reading)
    {
        var method = ReadMethod(calendar.First("METHOD"));
        var zones = new ZoneLookup(calendar, reading);
        var (events, faults) = (new List<CalendarEvent>(), new List<CalendarFault>());
        foreach (var component in calendar.Parts("VEVENT"))
        {
            try
            {
                events.Add(new EventReader(component, zones, method).Read());
            }
            catch (CalendarFormatException fault)
            {
                faults.Add(new CalendarFault(fault.Line, fault.Reason));
            }
        }

        return new CalendarObject
        {
            ProductId = calendar.First("PRODID")?.Text ?? "",
            Method = method,
            Name = (calendar.First("NAME") ?? calendar.First("X-WR-CALNAME"))?.Text,
            Refresh = ReadRefresh(calendar.First("REFRESH-INTERVAL") ?? calendar.First("X-PUBLISHED-TTL")),
            Events = events,
            Faults = faults,
        };
    }

    // What is sent for a purpose that nobody knows is not to be taken for something else.
    private static CalendarMethod? ReadMethod(CalendarProperty? property) => property is null ? null : Words.Place(Words.Methods, property.Value) is >= 0 and var place
        ? (CalendarMethod)place
        : throw new CalendarFormatException("The METHOD is not known.", property.Line);

    private static TimeSpan? ReadRefresh(CalendarProperty? property) =>
        property is not null && Times.ReadLength(property.Value) is var (days, time) ? TimeSpan.FromDays(days) + time : null;
}
