using System.Globalization;
using Crm.Abstractions.Records;
using Crm.Activities.Appointments;
using Crm.Calendar.Zones;

namespace Crm.Activities.Calendar;

/// <summary>Where a time of an appointment goes: by the form (day and times on the reader's wall), by hand (a moment, or a day), or by Undo (its own wall).</summary>
internal sealed class EntryForm
{
    public string? Day { get; set; }

    public string? From { get; set; }

    public string? To { get; set; }

    /// <summary>The moment at which it was dropped.</summary>
    public string? Start { get; set; }

    /// <summary>How long it takes from there.</summary>
    public int? Minutes { get; set; }

    public string? Local { get; set; }

    public string? LocalEnd { get; set; }

    public Reach Reach { get; set; }

    public static EntryForm Of(Appointment appointment, Occurrence one, TimeZoneInfo zone)
    {
        var (start, end) = appointment.IsAllDay ? (one.Local, one.LocalEnd) : (LocalTimes.FromUtc(one.Start.UtcDateTime, zone), LocalTimes.FromUtc(one.End.UtcDateTime, zone));
        return new EntryForm { Day = Write(start, "yyyy-MM-dd"), From = Write(start, "HH:mm"), To = Write(end, "HH:mm") };
    }

    /// <exception cref="RuleViolation">Something in it can't be read.</exception>
    public NewTime Read(Appointment appointment, Occurrence one, TimeZoneInfo reader)
    {
        if (Local is not null)
            return ReadLocal(appointment.IsAllDay);
        var length = one.End - one.Start;
        if (Start is not null)
        {
            if (!DateTimeOffset.TryParseExact(Start, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start))
                throw new RuleViolation("", "Choose a day and a time.");
            return OnWall(appointment, start, Minutes is > 0 and <= 60 * 24 * 366 ? TimeSpan.FromMinutes(Minutes.Value) : length);
        }

        var day = Time(Day, "yyyy-MM-dd");
        if (appointment.IsAllDay)
            return new NewTime(day, day + (one.LocalEnd - one.Local), true);
        var was = LocalTimes.FromUtc(one.Start.UtcDateTime, reader);
        var from = day + (From is null ? was.TimeOfDay : Time(From, "HH:mm").TimeOfDay);
        var begins = new DateTimeOffset(LocalTimes.ToUtc(from, reader));
        if (To is null)
            return OnWall(appointment, begins, length);
        // An end before the beginning is on the next day.
        var to = day + Time(To, "HH:mm").TimeOfDay;
        return OnWall(appointment, begins, new DateTimeOffset(LocalTimes.ToUtc(to <= from ? to.AddDays(1) : to, reader)) - begins);
    }

    /// <summary>The time on the appointment's own wall.</summary>
    /// <exception cref="RuleViolation">It can't be read.</exception>
    public NewTime ReadLocal(bool isAllDay) => new(Time(Local, CalendarEntries.AtFormat), Time(LocalEnd, CalendarEntries.AtFormat), isAllDay);

    private static NewTime OnWall(Appointment appointment, DateTimeOffset start, TimeSpan length) => new(
        LocalTimes.FromUtc(start.UtcDateTime, appointment.ZoneInfo), LocalTimes.FromUtc((start + length).UtcDateTime, appointment.ZoneInfo), false);

    private static DateTime Time(string? text, string format) =>
        DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out var read) && (format == "HH:mm" || read.Year is >= 1900 and <= 8900)
            ? read : throw new RuleViolation("", "Choose a day and a time.");

    private static string Write(DateTime time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
