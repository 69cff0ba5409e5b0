namespace Crm.Calendar.Events;

/// <summary>Something that was left out of what was read, because it could not be understood.</summary>
/// <param name="Line">The line in which it stands, from 1.</param>
/// <param name="Reason">What is wrong, in English.</param>
public sealed record CalendarFault(int Line, string Reason);
