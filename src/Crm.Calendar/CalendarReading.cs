namespace Crm.Calendar;

/// <summary>How much a calendar may cost its reader, and what a doubtful zone is taken for.</summary>
public sealed record CalendarReading
{
    /// <summary>Room for a mailbox's whole calendar, and for nobody's attack.</summary>
    public static CalendarReading Default { get; } = new();

    /// <summary>The most bytes of a calendar.</summary>
    public int MostBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>The most bytes of one property, its folded lines together.</summary>
    public int MostLineBytes { get; init; } = 1024 * 1024;

    /// <summary>The most properties of a calendar, all components together.</summary>
    public int MostProperties { get; init; } = 500_000;

    /// <summary>The most components inside each other.</summary>
    public int MostDepth { get; init; } = 8;

    /// <summary>The most time zones that a calendar may describe by offsets of its own; further ones are not looked at.</summary>
    public int MostZones { get; init; } = 50;

    /// <summary>The zone that is taken where a calendar names none that is known, and its own offsets fit this one as well as others; usually the company's.</summary>
    public TimeZoneInfo? PreferredZone { get; init; }
}
