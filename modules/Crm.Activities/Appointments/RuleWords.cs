using System.Globalization;
using Crm.Calendar;
using Crm.Calendar.Recurrence;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Appointments;

/// <summary>When an appointment happens again, in words.</summary>
internal static class RuleWords
{
    public static string Of(Appointment appointment, IStringLocalizer l)
    {
        try
        {
            return appointment.ReadRule() is { } rule ? Of(rule, appointment.LocalStart, appointment.ZoneInfo, l) : "";
        }
        catch (CalendarFormatException)
        {
            return appointment.Rule!;
        }
    }

    private static string Of(RecurrenceRule rule, DateTime start, TimeZoneInfo zone, IStringLocalizer l)
    {
        if (rule.BySetPosition.Count + rule.ByWeekNumber.Count + rule.ByYearDay.Count > 0 || rule.ByMonth.Count > 1 || rule.ByMonthDay.Count > 1)
            return rule.ToString();
        var words = rule.Frequency switch
        {
            Frequency.Daily => Every(rule.Interval, l["Every day"], l["Every {0} days", rule.Interval]),
            Frequency.Weekly when IsWorkdays(rule) => l["Every day from Monday to Friday"],
            Frequency.Weekly => l["{0} on {1}", Every(rule.Interval, l["Every week"], l["Every {0} weeks", rule.Interval]), Days(rule, start)],
            Frequency.Monthly => l["{0} on {1}", Every(rule.Interval, l["Every month"], l["Every {0} months", rule.Interval]), Which(rule, start, l)],
            _ => l["{0} on {1}", Every(rule.Interval, l["Every year"], l["Every {0} years", rule.Interval]), start.ToString("M", CultureInfo.CurrentCulture)],
        };
        if (rule.Until is { } until)
            return l["{0}, until {1}", words, until.LastDay(zone).ToString("d", CultureInfo.CurrentCulture)];
        return rule.Count is { } count ? l["{0}, {1} times", words, count] : words;
    }

    private static string Every(int interval, string one, string several) => interval == 1 ? one : several;

    private static bool IsWorkdays(RecurrenceRule rule) =>
        rule.Interval == 1 && rule.ByDay.Select(d => d.Day).SequenceEqual([DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday]);

    private static string Days(RecurrenceRule rule, DateTime start) =>
        string.Join(", ", (rule.ByDay.Count == 0 ? [start.DayOfWeek] : rule.ByDay.Select(d => d.Day)).Select(CultureInfo.CurrentCulture.DateTimeFormat.GetDayName));

    private static string Which(RecurrenceRule rule, DateTime start, IStringLocalizer l)
    {
        if (rule.ByDay is not [{ } day])
            return l["day {0}", rule.ByMonthDay is [var own] ? own : start.Day];
        var name = CultureInfo.CurrentCulture.DateTimeFormat.GetDayName(day.Day);
        return day.Ordinal switch { -1 => l["the last {0}", name], 0 => name, var n => l["{0} number {1}", name, n] };
    }
}
