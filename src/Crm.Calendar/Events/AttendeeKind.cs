namespace Crm.Calendar.Events;

/// <summary>Who or what attends (RFC 5545 §3.2.3, <c>CUTYPE</c>).</summary>
public enum AttendeeKind
{
    /// <summary>A person.</summary>
    Individual,

    /// <summary>Several persons behind one address.</summary>
    Group,

    /// <summary>A thing, such as a projector.</summary>
    Resource,

    /// <summary>A room.</summary>
    Room,

    /// <summary>Not said.</summary>
    Unknown,
}
