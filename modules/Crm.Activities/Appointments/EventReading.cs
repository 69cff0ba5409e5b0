using Crm.Calendar;
using Crm.Calendar.Events;

namespace Crm.Activities.Appointments;

/// <summary>What an event of another calendar says, as an appointment keeps it.</summary>
internal static class EventReading
{
    private const int MostUid = 500;
    private const int MostSkips = 1_000;

    /// <summary>Writes when, where and what.</summary>
    /// <exception cref="CalendarFormatException">It says nothing that can be kept.</exception>
    public static void Write(CalendarEvent one, Appointment appointment, TimeZoneInfo zone)
    {
        if (one.Start is not { } start)
            throw new CalendarFormatException("It does not say when it begins.");
        if (start.Local.Year is < 1900 or > 8900)
            throw new CalendarFormatException("This can't be a day for it.");
        if (one.RuleFault is { } fault)
            throw new CalendarFormatException(fault);
        if (one.Uid.Length > MostUid)
            throw new CalendarFormatException("Its UID is too long.");
        if (one.Except.Count > MostSkips)
            throw new CalendarFormatException("It leaves too many of its times out.");
        if (one.Extra.Count > 0)
            throw new CalendarFormatException("It names further dates beside a rule, which is not taken in.");
        if (one.AndFollowing)
            throw new CalendarFormatException("It changes all times from one on, which is not taken in.");
        appointment.Subject = Clean(one.Summary, 300) is { Length: > 0 } subject ? subject : "(–)";
        appointment.Place = Clean(one.Location, 300);
        var own = start.Zone ?? zone;
        var end = one.End is null ? start.Local + (start.IsDate ? TimeSpan.FromDays(1) : TimeSpan.FromHours(1)) : start.IsDate ? one.End.Local : one.End.LocalIn(own);
        // What takes no time has to be seen, too.
        if (end <= start.Local)
            end = start.Local + (start.IsDate ? TimeSpan.FromDays(1) : TimeSpan.FromMinutes(15));
        var name = LocalTime.IsZone(own.Id) ? own.Id : zone.Id;
        appointment.Plan(start.Local, end, start.IsDate, name);
        appointment.Rule = one.RecurrenceId is null ? one.Rule?.ToString() : null;
        foreach (var skip in one.Recurrence?.Except ?? [])
            appointment.Skip(skip);
        if (one.Alarms is [{ FromStart: var before }, ..] && before <= TimeSpan.Zero && before >= TimeSpan.FromDays(-60))
            appointment.RemindMinutes = (int)-before.TotalMinutes;
    }

    /// <summary>What there is to say, with who invites.</summary>
    public static string? Text(CalendarEvent one)
    {
        var from = one.Organizer is { } organizer ? $"{organizer.Name} {organizer.Email}".Trim() : null;
        return Clean(string.Join("\n\n", new[] { from, one.Description }.Where(t => !string.IsNullOrWhiteSpace(t))), 20_000);
    }

    private static string? Clean(string? text, int most)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var clean = string.Concat(text.Where(c => c is '\n' or '\t' || !char.IsControl(c))).Trim();
        if (clean.Length <= most)
            return clean;
        // Not between the halves of one sign.
        return clean[..(char.IsHighSurrogate(clean[most - 1]) ? most - 1 : most)];
    }
}
