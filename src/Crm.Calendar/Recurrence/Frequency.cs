namespace Crm.Calendar.Recurrence;

/// <summary>How long a rule's period is (RFC 5545 §3.3.10, <c>FREQ</c>). Hours, minutes and seconds are none of them: a rule of those is refused.</summary>
public enum Frequency
{
    /// <summary>Days.</summary>
    Daily,

    /// <summary>Weeks, which begin on <see cref="RecurrenceRule.WeekStart"/>.</summary>
    Weekly,

    /// <summary>Months.</summary>
    Monthly,

    /// <summary>Years.</summary>
    Yearly,
}
