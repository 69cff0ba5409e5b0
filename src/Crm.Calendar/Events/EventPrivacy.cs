namespace Crm.Calendar.Events;

/// <summary>Who may see an event (RFC 5545 §3.8.1.3, <c>CLASS</c>): what its owner wishes, which a program has to see to.</summary>
public enum EventPrivacy
{
    /// <summary>Who sees the calendar.</summary>
    Public,

    /// <summary>Its owner; others see that he is not free.</summary>
    Private,

    /// <summary>Whom its owner tells.</summary>
    Confidential,
}
