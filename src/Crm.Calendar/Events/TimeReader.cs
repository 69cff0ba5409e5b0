using Crm.Calendar.Text;
using Crm.Calendar.Zones;

namespace Crm.Calendar.Events;

/// <summary>Reads the times of one event in their zones.</summary>
internal sealed class TimeReader(ZoneLookup zones, List<CalendarFault> faults)
{
    /// <summary>The one time of a property, or null where it is none.</summary>
    public CalendarTime? Single(CalendarProperty property) => Read(property.Value.Trim(), property);

    /// <summary>All times of properties; of a period its start.</summary>
    public List<CalendarTime> List(IEnumerable<CalendarProperty> properties)
    {
        var times = new List<CalendarTime>();
        foreach (var property in properties)
        {
            foreach (var value in property.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (Read(value.Split('/')[0], property) is { } time) times.Add(time);
                else faults.Add(new CalendarFault(property.Line, $"{property.Name} holds something that is no date and no time."));
            }
        }

        return times;
    }

    /// <summary>The end of what begins at a time and takes a length: days keep the hour, hours are real ones (§3.3.6).</summary>
    public static CalendarTime? After(CalendarTime start, CalendarProperty property)
    {
        if (Times.ReadLength(property.Value) is not var (days, time)) return null;
        var ticks = start.Local.Ticks + TimeSpan.FromDays(days).Ticks;
        if (ticks < 0 || ticks + time.Ticks < 0 || ticks + time.Ticks > DateTime.MaxValue.Ticks || ticks > DateTime.MaxValue.Ticks) return null;
        var moved = new DateTime(ticks);
        if (start.IsDate) return time == TimeSpan.Zero ? CalendarTime.On(DateOnly.FromDateTime(moved)) : null;
        if (start.Zone is not { } zone) return CalendarTime.Floating(moved + time);
        var utc = LocalTimes.ToUtc(moved, zone).Ticks + time.Ticks;
        return utc < 0 || utc > DateTime.MaxValue.Ticks ? null : CalendarTime.At(LocalTimes.FromUtc(new DateTime(utc, DateTimeKind.Utc), zone), zone);
    }

    // Some programs leave out VALUE=DATE: the length of the value says it as well.
    private CalendarTime? Read(string value, CalendarProperty property)
    {
        if (value.Length == 8) return Times.ReadDate(value) is { } day ? CalendarTime.On(DateOnly.FromDateTime(day)) : null;
        if (Times.ReadUtc(value) is { } utc) return CalendarTime.AtUtc(utc);
        if (Times.ReadDateTime(value) is not { } local) return null;
        if (property["TZID"] is not { } name) return CalendarTime.Floating(local);
        var zone = zones.Find(name, local, out var fault);
        // Many dates of one property have one zone, and one thing to say about it.
        if (fault is not null && (faults.Count == 0 || faults[^1] != new CalendarFault(property.Line, fault))) faults.Add(new CalendarFault(property.Line, fault));
        return zone is null ? CalendarTime.Floating(local) : CalendarTime.At(local, zone);
    }
}
