using System.Globalization;
using Crm.Calendar.Recurrence;
using Crm.Calendar.Text;
using Crm.Calendar.Zones;

namespace Crm.Calendar.Events;

/// <summary>Writes one event.</summary>
internal static class EventWriter
{
    public static void Write(CalendarEvent one, PropertyWriter output)
    {
        output.Begin("VEVENT");
        output.Text("UID", one.Uid);
        output.Value("SEQUENCE", one.Sequence.ToString(CultureInfo.InvariantCulture));
        output.Value("DTSTAMP", Times.Utc(one.Stamp));
        Time(output, "RECURRENCE-ID", one.RecurrenceId, one.AndFollowing ? "THISANDFUTURE" : null);
        WriteTimes(one, output);
        output.Text("SUMMARY", one.Summary);
        output.Text("DESCRIPTION", one.Description);
        output.Text("LOCATION", one.Location);
        output.Value("URL", one.Url);
        output.Text("COMMENT", one.Comment);
        output.Value("CATEGORIES", string.Join(',', one.Categories.Select(TextValue.Write)));
        if (one.Status is { } status) output.Value("STATUS", Words.Statuses[(int)status]);
        if (one.Privacy != EventPrivacy.Public) output.Value("CLASS", Words.Privacies[(int)one.Privacy]);
        output.Value("TRANSP", one.IsFree ? "TRANSPARENT" : "OPAQUE");
        if (one.Organizer is { } organizer) output.Value("ORGANIZER", organizer.Uri, ("CN", organizer.Name));
        foreach (var attendee in one.Attendees) Write(attendee, output);
        if (one.Created is { } created) output.Value("CREATED", Times.Utc(created));
        if (one.LastModified is { } modified) output.Value("LAST-MODIFIED", Times.Utc(modified));
        foreach (var alarm in one.Alarms) Write(alarm, one, output);
        output.End("VEVENT");
    }

    private static void WriteTimes(CalendarEvent one, PropertyWriter output)
    {
        Time(output, "DTSTART", one.Start);
        Time(output, "DTEND", one.End);
        one.Rule?.Check();
        output.Value("RRULE", one.Rule is { Until: { } until } rule && one.Start is { } start ? (rule with { Until = End(until, start) }).ToString() : one.Rule?.ToString());
        foreach (var time in one.Extra) Time(output, "RDATE", time);
        foreach (var time in one.Except) Time(output, "EXDATE", time);
    }

    // A rule ends in the way in which its event begins: by days, by local time, or, in a zone, in UTC (§3.3.10).
    private static RuleEnd End(RuleEnd end, CalendarTime start)
    {
        if (start.IsDate) return RuleEnd.On(end.LastDay(TimeZoneInfo.Utc));
        if (end.Kind == RuleEndKind.Utc && start.Zone is not null) return end;
        var local = end.Kind == RuleEndKind.Day ? end.Value.AddDays(1).AddSeconds(-1) : end.Value;
        return start.Zone is { } zone ? RuleEnd.AtUtc(LocalTimes.ToUtc(local, zone)) : RuleEnd.AtLocal(local);
    }

    private static void Time(PropertyWriter output, string name, CalendarTime? time, string? range = null)
    {
        if (time is null) return;
        var zone = time.Zone is { } named && !time.IsUtc ? ZoneWriter.Name(named) : null;
        output.Value(name, time.ToString(), ("VALUE", time.IsDate ? "DATE" : null), ("TZID", zone), ("RANGE", range));
    }

    private static void Write(Attendee attendee, PropertyWriter output) => output.Value(
        "ATTENDEE",
        attendee.Person.Uri,
        ("CUTYPE", attendee.Kind == AttendeeKind.Individual ? null : Words.Kinds[(int)attendee.Kind]),
        ("ROLE", Words.Roles[(int)attendee.Role]),
        ("PARTSTAT", Words.Answers[(int)attendee.Answer]),
        ("RSVP", attendee.AnswerWished ? "TRUE" : null),
        ("CN", attendee.Person.Name));

    private static void Write(CalendarAlarm alarm, CalendarEvent one, PropertyWriter output)
    {
        output.Begin("VALARM");
        output.Value("ACTION", "DISPLAY");
        output.Value("TRIGGER", Times.Length(alarm.FromStart));
        output.Text("DESCRIPTION", alarm.Text ?? one.Summary ?? "-");
        output.End("VALARM");
    }
}
