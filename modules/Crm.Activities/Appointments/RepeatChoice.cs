using System.Globalization;
using Crm.Calendar.Recurrence;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Appointments;

/// <summary>The rules that the form offers, each taken from the first day; any other one stays as it is.</summary>
internal static class RepeatChoice
{
    public const string Never = "";
    public const string Own = "own";
    private static readonly RuleDay[] _workdays = [new(DayOfWeek.Monday), new(DayOfWeek.Tuesday), new(DayOfWeek.Wednesday), new(DayOfWeek.Thursday), new(DayOfWeek.Friday)];

    public static IEnumerable<SelectListItem> Items(string? chosen, DateOnly day, IStringLocalizer l)
    {
        var name = CultureInfo.CurrentCulture.DateTimeFormat.GetDayName(day.DayOfWeek);
        (string Value, string Label)[] offered =
        [
            (Never, l["Does not repeat"]), ("daily", l["Every day"]), ("workdays", l["Every day from Monday to Friday"]), ("weekly", l["Every week on this weekday"]),
            ("fortnightly", l["Every second week on this weekday"]), ("monthly", l["Every month on this date"]), ("weekday", l["Every month on this weekday (first, second, …)"]),
            ("last", l["Every month on the last such weekday"]), ("yearly", l["Every year on this date"]),
        ];
        foreach (var (value, label) in chosen == Own ? offered.Append((Own, l["As it is now"].Value)) : offered)
            yield return new SelectListItem(label, value, value == chosen);
    }

    /// <summary>The rule that a choice means, or null for none; the choice has to be one that was offered.</summary>
    public static RecurrenceRule? Rule(string choice, DateOnly start, DateOnly? until)
    {
        var day = start.ToDateTime(TimeOnly.MinValue);
        RecurrenceRule? rule = choice switch
        {
            "daily" => new() { Frequency = Frequency.Daily },
            "workdays" => new() { Frequency = Frequency.Weekly, ByDay = _workdays },
            "weekly" => new() { Frequency = Frequency.Weekly, ByDay = [new RuleDay(start.DayOfWeek)] },
            "fortnightly" => new() { Frequency = Frequency.Weekly, Interval = 2, ByDay = [new RuleDay(start.DayOfWeek)] },
            "monthly" => new() { Frequency = Frequency.Monthly, ByMonthDay = [start.Day] },
            "weekday" => new() { Frequency = Frequency.Monthly, ByDay = [new RuleDay(start.DayOfWeek, RuleShift.Nth(day))] },
            "last" => new() { Frequency = Frequency.Monthly, ByDay = [new RuleDay(start.DayOfWeek, -1)] },
            "yearly" => new() { Frequency = Frequency.Yearly },
            _ => null,
        };
        return rule is not null && until is { } last ? rule with { Until = RuleEnd.On(last) } : rule;
    }

    /// <summary>Which choice a rule is, its end aside.</summary>
    public static string Of(RecurrenceRule? rule, DateOnly start)
    {
        if (rule is null)
            return Never;
        if (rule.Count is not null)
            return Own;
        var plain = rule with { Until = null };
        string[] offered = ["daily", "workdays", "weekly", "fortnightly", "monthly", "weekday", "last", "yearly"];
        return offered.FirstOrDefault(c => plain.Equals(Rule(c, start, null))) ?? Own;
    }
}
