using Crm.Calendar;
using Crm.Calendar.Events;

namespace Crm.Activities.Appointments;

/// <summary>What an event of another calendar says, as an appointment keeps it.</summary>
internal static class EventReading
{
    private const int MostUid = 500;
    private const int MostSkips = 1_000;

    /// <summary>The event as others may read it here: of what is private in the other calendar only that somebody is not free.</summary>
    public static CalendarEvent Shown(CalendarEvent one, string isPrivate) =>
        one.Privacy == EventPrivacy.Public ? one : one with { Summary = isPrivate, Description = null, Location = null, Organizer = null };

    /// <summary>Writes when, where and what.</summary>
    /// <param name="stand">Days of the series for which other appointments stand.</param>
    /// <exception cref="CalendarFormatException">It says nothing that can be kept.</exception>
    public static void Write(CalendarEvent one, Appointment appointment, TimeZoneInfo zone, IReadOnlyList<DateOnly> stand)
    {
        var start = CheckedStart(one);
        appointment.Subject = Clean(one.Summary, 300) is { Length: > 0 } subject ? subject : "(–)";
        (appointment.Place, appointment.Text) = (Clean(one.Location, 300), Text(one));
        var own = start.Zone ?? zone;
        var end = one.End is null ? start.Local + (start.IsDate ? TimeSpan.FromDays(1) : TimeSpan.FromHours(1)) : start.IsDate ? one.End.Local : one.End.LocalIn(own);
        // What takes no time has to be seen, too.
        if (end <= start.Local)
            end = start.Local + (start.IsDate ? TimeSpan.FromDays(1) : TimeSpan.FromMinutes(15));
        var name = LocalTime.IsZone(own.Id) ? own.Id : zone.Id;
        appointment.Plan(start.Local, end, start.IsDate, name);
        appointment.Rule = one.RecurrenceId is null ? one.Rule?.ToString() : null;
        appointment.LeaveOut([.. one.Recurrence?.Except ?? [], .. stand.Select(appointment.TimeOn)]);
        if (one.Alarms is [{ FromStart: var before }, ..] && before <= TimeSpan.Zero && before >= TimeSpan.FromDays(-60))
            appointment.RemindMinutes = (int)-before.TotalMinutes;
    }

    private static CalendarTime CheckedStart(CalendarEvent one)
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
        return start;
    }

    /// <summary>What there is to say, with who invites.</summary>
    private static string? Text(CalendarEvent one)
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
