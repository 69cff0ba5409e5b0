namespace Crm.Calendar.Events;

/// <summary>What a calendar is sent for (RFC 5546 §1.4).</summary>
public enum CalendarMethod
{
    /// <summary>To be looked at: a feed.</summary>
    Publish,

    /// <summary>An invitation, or its change.</summary>
    Request,

    /// <summary>The answer to an invitation.</summary>
    Reply,

    /// <summary>Further occurrences of an event.</summary>
    Add,

    /// <summary>An event, or some of its occurrences, will not take place.</summary>
    Cancel,

    /// <summary>The sender asks for the event's latest version.</summary>
    Refresh,

    /// <summary>The sender suggests another time.</summary>
    Counter,

    /// <summary>The organizer refuses a suggestion.</summary>
    DeclineCounter,
}
