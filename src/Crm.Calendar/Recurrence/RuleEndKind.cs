namespace Crm.Calendar.Recurrence;

/// <summary>How the end of a rule was said.</summary>
public enum RuleEndKind
{
    /// <summary>A day: whatever occurs on it still counts.</summary>
    Day,

    /// <summary>An instant in UTC, as invitations with a time zone have to say it.</summary>
    Utc,

    /// <summary>A local time without zone, as calendars without one say it.</summary>
    Local,
}
