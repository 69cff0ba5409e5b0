using System.Globalization;
using System.Runtime.InteropServices;
using Crm.Calendar.Zones;

namespace Crm.Calendar.Recurrence;

/// <summary>Until when a rule goes on, that moment included (RFC 5545 §3.3.10, <c>UNTIL</c>).</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RuleEnd
{
    private RuleEnd(RuleEndKind kind, DateTime value)
    {
        Kind = kind;
        // Rules are written in whole seconds, and what is written has to be what counts.
        Value = new DateTime(value.Ticks - (value.Ticks % TimeSpan.TicksPerSecond), kind == RuleEndKind.Utc ? DateTimeKind.Utc : DateTimeKind.Unspecified);
    }

    /// <summary>How it was said.</summary>
    public RuleEndKind Kind { get; }

    /// <summary>The last moment: midnight of the last day, an instant in UTC or a local time, as <see cref="Kind"/> says.</summary>
    public DateTime Value { get; }

    /// <summary>The rule's last day.</summary>
    /// <param name="day">The last day on which something may occur.</param>
    public static RuleEnd On(DateOnly day) => new(RuleEndKind.Day, day.ToDateTime(TimeOnly.MinValue));

    /// <summary>The rule's last instant.</summary>
    /// <param name="utc">The last instant, in UTC; fractions of a second are dropped.</param>
    public static RuleEnd AtUtc(DateTime utc) => new(RuleEndKind.Utc, utc);

    /// <summary>The rule's last local time.</summary>
    /// <param name="local">The last time on the wall; fractions of a second are dropped.</param>
    public static RuleEnd AtLocal(DateTime local) => new(RuleEndKind.Local, local);

    /// <summary>The day in a zone on which the rule ends, as pages show it.</summary>
    /// <param name="zone">The zone of what recurs.</param>
    public DateOnly LastDay(TimeZoneInfo zone) => DateOnly.FromDateTime(Kind == RuleEndKind.Utc ? LocalTimes.FromUtc(Value, zone) : Value);

    internal bool IsOver(DateTime local, TimeZoneInfo? zone) => Kind switch
    {
        RuleEndKind.Day => local.Date > Value,
        RuleEndKind.Utc when zone is not null => LocalTimes.ToUtc(local, zone) > Value,
        _ => local > Value,
    };

    /// <summary>The end as it stands in a rule.</summary>
    public override string ToString() => Value.ToString(
        Kind switch { RuleEndKind.Day => "yyyyMMdd", RuleEndKind.Utc => "yyyyMMdd'T'HHmmss'Z'", _ => "yyyyMMdd'T'HHmmss" },
        CultureInfo.InvariantCulture);
}
