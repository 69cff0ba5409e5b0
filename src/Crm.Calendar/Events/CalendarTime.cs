using Crm.Calendar.Text;
using Crm.Calendar.Zones;

namespace Crm.Calendar.Events;

/// <summary>A day, or a time on the wall of a zone, or a time on whichever wall one looks at (RFC 5545 §3.3.5).</summary>
public sealed record CalendarTime
{
    private CalendarTime(DateTime local, bool isDate, TimeZoneInfo? zone) =>
        (Local, IsDate, Zone) = (DateTime.SpecifyKind(local.AddTicks(-(local.Ticks % TimeSpan.TicksPerSecond)), DateTimeKind.Unspecified), isDate, zone);

    /// <summary>The local time in <see cref="Zone"/>, in whole seconds; of a day its midnight.</summary>
    public DateTime Local { get; }

    /// <summary>Set for a day without time.</summary>
    public bool IsDate { get; }

    /// <summary>The zone; null for a day, and for a time that is meant wherever one is.</summary>
    public TimeZoneInfo? Zone { get; }

    /// <summary>The day on which it lies, in its own zone.</summary>
    public DateOnly Day => DateOnly.FromDateTime(Local);

    /// <summary>A day without time.</summary>
    /// <param name="day">The day.</param>
    public static CalendarTime On(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), true, null);

    /// <summary>A time on the wall of a zone.</summary>
    /// <param name="local">The local time; fractions of a second are dropped.</param>
    /// <param name="zone">The zone.</param>
    public static CalendarTime At(DateTime local, TimeZoneInfo zone) => new(local, false, zone);

    /// <summary>An instant.</summary>
    /// <param name="utc">The instant in UTC; fractions of a second are dropped.</param>
    public static CalendarTime AtUtc(DateTime utc) => new(utc, false, TimeZoneInfo.Utc);

    /// <summary>A time on whichever wall one looks at.</summary>
    /// <param name="local">The local time; fractions of a second are dropped.</param>
    public static CalendarTime Floating(DateTime local) => new(local, false, null);

    /// <summary>The instant, with the date's own offset (see <see cref="LocalTimes.ToUtc"/>); of a day its first.</summary>
    /// <param name="zone">The reader's zone, for a day and for a time without zone.</param>
    public DateTime ToUtc(TimeZoneInfo zone) => LocalTimes.ToUtc(Local, Zone ?? zone);

    /// <summary>What the wall of a zone shows then: a day and a time without zone stay what they are.</summary>
    /// <param name="zone">The zone of the wall; null for this time's own.</param>
    public DateTime LocalIn(TimeZoneInfo? zone) => zone is null || Zone is null || zone.Equals(Zone) ? Local : LocalTimes.FromUtc(ToUtc(zone), zone);

    /// <summary>The value as it is written, without its zone.</summary>
    public override string ToString() => IsDate ? Times.Date(Local) : IsUtc ? Times.Utc(Local) : Times.DateTime(Local);

    internal bool IsUtc => Zone is not null && (ReferenceEquals(Zone, TimeZoneInfo.Utc) || Zone.Id is "UTC" or "Etc/UTC");
}
