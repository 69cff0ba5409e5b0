using Crm.Abstractions.Records;
using Crm.Calendar;
using Crm.Calendar.Recurrence;

namespace Crm.Activities.Tasks;

/// <summary>The rules that most people need, by a word each; whatever else RFC 5545 says is a rule of one's own.</summary>
internal static class TaskRepeat
{
    public const string Own = "own";

    private static readonly (string Name, string Label, string Rule)[] _known =
    [
        ("daily", "Every day", "FREQ=DAILY"),
        ("weekdays", "Every working day", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("weekly", "Every week", "FREQ=WEEKLY"),
        ("monthly", "Every month", "FREQ=MONTHLY"),
        ("yearly", "Every year", "FREQ=YEARLY"),
    ];

    public static FieldOption[] Options { get; } = [.. _known.Select(k => new FieldOption(k.Name, k.Label)), new(Own, "By a rule of its own")];

    public static string? RuleOf(string? name) => Array.Find(_known, k => k.Name == name).Rule;

    public static string? NameOf(string? rule)
    {
        if (rule is null)
            return null;
        try
        {
            var same = RecurrenceRule.Parse(rule);
            return Array.Find(_known, k => RecurrenceRule.Parse(k.Rule).Equals(same)).Name ?? Own;
        }
        catch (CalendarFormatException)
        {
            // What is wrong with it is said when the task is checked.
            return Own;
        }
    }
}
