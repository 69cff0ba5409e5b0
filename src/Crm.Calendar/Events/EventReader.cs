using System.Globalization;
using Crm.Calendar.Recurrence;
using Crm.Calendar.Text;
using Crm.Calendar.Zones;

namespace Crm.Calendar.Events;

/// <summary>Reads one event: what makes it an event has to be right, anything else that is wrong is left out and named.</summary>
internal sealed class EventReader(CalendarComponent component, ZoneLookup zones, CalendarMethod? method)
{
    private readonly List<CalendarFault> _faults = [];
    private string? _ruleFault;

    public CalendarEvent Read()
    {
        var times = new TimeReader(zones, _faults);
        var start = Start(times);
        var recurrence = component.First("RECURRENCE-ID");
        var read = new CalendarEvent
        {
            Uid = Uid(),
            Sequence = Sequence(),
            Stamp = Utc("DTSTAMP") ?? Utc("LAST-MODIFIED") ?? Utc("CREATED") ?? DateTime.UnixEpoch,
            Start = start,
            End = End(times, start),
            Rule = Rule(),
            Except = times.List(component.All("EXDATE")),
            Extra = times.List(component.All("RDATE")),
            RecurrenceId = recurrence is null ? null : times.Single(recurrence) ?? throw new CalendarFormatException("RECURRENCE-ID is no date and no time.", recurrence.Line),
            AndFollowing = recurrence?["RANGE"]?.Equals("THISANDFUTURE", StringComparison.OrdinalIgnoreCase) == true,
            Organizer = component.First("ORGANIZER") is { } organizer ? PersonReader.Person(organizer) : null,
            Attendees = [.. component.All("ATTENDEE").Select(PersonReader.Attendee)],
            Alarms = [.. component.Parts("VALARM").Select(Alarm).OfType<CalendarAlarm>()],
            Created = Utc("CREATED"),
            LastModified = Utc("LAST-MODIFIED"),
        };
        return Described(read) with { Faults = _faults, RuleFault = _ruleFault };
    }

    private CalendarEvent Described(CalendarEvent one) => one with
    {
        Summary = Text("SUMMARY"),
        Description = Text("DESCRIPTION"),
        Location = Text("LOCATION"),
        Url = component.First("URL")?.Value.Trim(),
        Comment = Text("COMMENT"),
        Categories = [.. component.All("CATEGORIES").SelectMany(property => TextValue.ReadList(property.Value)).Where(word => word.Length > 0)],
        Status = Words.Place(Words.Statuses, component.First("STATUS")?.Value) is >= 0 and var status ? (EventStatus)status : null,
        // What is of no known class is to be kept as private (§3.8.1.3).
        Privacy = component.First("CLASS") is not { } kept ? EventPrivacy.Public : Words.Place(Words.Privacies, kept.Value) is >= 0 and var privacy ? (EventPrivacy)privacy : EventPrivacy.Private,
        IsFree = component.First("TRANSP")?.Value.Trim().Equals("TRANSPARENT", StringComparison.OrdinalIgnoreCase) == true,
    };

    private string? Text(string name) => component.First(name)?.Text;

    private string Uid() => component.First("UID")?.Text.Trim() is { Length: > 0 } uid ? uid : throw new CalendarFormatException("An event has no UID.", component.Line);

    private int Sequence()
    {
        if (component.First("SEQUENCE") is not { } property) return 0;
        if (int.TryParse(property.Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)) return sequence;
        Fault(property, "SEQUENCE is no whole number.");
        return 0;
    }

    private DateTime? Utc(string name)
    {
        if (component.First(name) is not { } property) return null;
        var time = Times.ReadUtc(property.Value.Trim());
        if (time is null) Fault(property, $"{name} is no time in UTC.");
        return time;
    }

    private CalendarTime? Start(TimeReader times)
    {
        if (component.First("DTSTART") is { } property) return times.Single(property) ?? throw new CalendarFormatException("DTSTART is no date and no time.", property.Line);
        return method is CalendarMethod.Reply or CalendarMethod.Cancel or CalendarMethod.Refresh or CalendarMethod.DeclineCounter
            ? null
            : throw new CalendarFormatException("An event has no DTSTART.", component.Line);
    }

    private CalendarTime? End(TimeReader times, CalendarTime? start)
    {
        if ((component.First("DTEND") ?? component.First("DURATION")) is not { } property || start is null) return null;
        var end = property.Name == "DTEND" ? times.Single(property) : TimeReader.After(start, property);
        if (end is null) Fault(property, $"{property.Name} cannot be read.");
        else if (end.IsDate != start.IsDate) Fault(property, "The end is not of the start's kind.");
        else if (end.LocalIn(start.Zone) < start.Local && end.ToUtc(TimeZoneInfo.Utc) < start.ToUtc(TimeZoneInfo.Utc)) Fault(property, "The end is before the start.");
        else return end;
        return null;
    }

    private RecurrenceRule? Rule()
    {
        foreach (var other in component.All("RRULE").Skip(1).Concat(component.All("EXRULE"))) RuleFault(other, "Only one rule is read.");
        if (component.First("RRULE") is not { } property) return null;
        try
        {
            return RecurrenceRule.Parse(property.Value);
        }
        catch (CalendarFormatException fault)
        {
            RuleFault(property, fault.Reason);
            return null;
        }
    }

    // Only reminders that count from the start; what else a program does at some time is its own.
    private static CalendarAlarm? Alarm(CalendarComponent alarm) =>
        alarm.First("TRIGGER") is { } trigger && trigger["RELATED"]?.Equals("END", StringComparison.OrdinalIgnoreCase) != true && Times.ReadLength(trigger.Value) is var (days, time)
            ? new CalendarAlarm(TimeSpan.FromDays(days) + time, alarm.First("DESCRIPTION")?.Text)
            : null;

    private void RuleFault(CalendarProperty property, string reason)
    {
        _ruleFault ??= reason;
        Fault(property, reason);
    }

    private void Fault(CalendarProperty property, string reason) => _faults.Add(new CalendarFault(property.Line, reason));
}
