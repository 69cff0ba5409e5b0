namespace Crm.Calendar.Text;

/// <summary>A parameter of a property, its name in capitals; of several values the first (RFC 5545 §3.2).</summary>
internal sealed record CalendarParameter(string Name, string Value);
