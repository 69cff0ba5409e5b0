namespace Crm.Calendar.Events;

/// <summary>What an attendee answered (RFC 5545 §3.2.12, <c>PARTSTAT</c>).</summary>
public enum Participation
{
    /// <summary>Nothing yet.</summary>
    NeedsAction,

    /// <summary>Comes.</summary>
    Accepted,

    /// <summary>Does not come.</summary>
    Declined,

    /// <summary>May come.</summary>
    Tentative,

    /// <summary>Sends somebody else.</summary>
    Delegated,
}
