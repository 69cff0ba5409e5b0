namespace Crm.Calendar.Events;

/// <summary>Whether an event takes place (RFC 5545 §3.8.1.11).</summary>
public enum EventStatus
{
    /// <summary>Perhaps.</summary>
    Tentative,

    /// <summary>Yes.</summary>
    Confirmed,

    /// <summary>No.</summary>
    Cancelled,
}
