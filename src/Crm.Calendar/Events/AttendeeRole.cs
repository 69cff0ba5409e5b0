namespace Crm.Calendar.Events;

/// <summary>What an attendee is there for (RFC 5545 §3.2.16, <c>ROLE</c>).</summary>
public enum AttendeeRole
{
    /// <summary>Has to be there.</summary>
    Required,

    /// <summary>May be there.</summary>
    Optional,

    /// <summary>Leads the meeting.</summary>
    Chair,

    /// <summary>Is only told.</summary>
    Informed,
}
