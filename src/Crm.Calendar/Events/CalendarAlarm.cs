namespace Crm.Calendar.Events;

/// <summary>A reminder shown by the reader's program (RFC 5545 §3.6.6, <c>VALARM</c> with <c>DISPLAY</c>).</summary>
/// <param name="FromStart">How long from the event's start; negative before it.</param>
/// <param name="Text">What it says, or null.</param>
public sealed record CalendarAlarm(TimeSpan FromStart, string? Text = null);
