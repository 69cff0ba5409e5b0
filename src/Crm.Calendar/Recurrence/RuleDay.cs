using System.Globalization;
using System.Runtime.InteropServices;

namespace Crm.Calendar.Recurrence;

/// <summary>A weekday of a rule (RFC 5545 §3.3.10, <c>BYDAY</c>): every Friday, the first one or the last but one of the month or year.</summary>
/// <param name="Day">The day of the week.</param>
/// <param name="Ordinal">Which one: 1 is the first, -1 the last, 0 every one.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RuleDay(DayOfWeek Day, int Ordinal = 0)
{
    internal static readonly string[] Names = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    // Monday first, as most calendars list them.
    internal (int Ordinal, int Day) Order => (Ordinal, ((int)Day + 6) % 7);

    /// <summary>The day as it stands in a rule: <c>FR</c>, <c>1FR</c>, <c>-2FR</c>.</summary>
    public override string ToString() => (Ordinal == 0 ? "" : Ordinal.ToString(CultureInfo.InvariantCulture)) + Names[(((int)Day % 7) + 7) % 7];
}
