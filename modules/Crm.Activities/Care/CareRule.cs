using System.Globalization;
using System.Text.Json;
using Crm.Abstractions.Records;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Care;

/// <summary>A day in a customer's life that his account manager is reminded of: birthdays, anniversaries, the end of a contract.</summary>
internal sealed class CareRule
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();

    /// <summary>What is to be done: the task's subject.</summary>
    public string Subject { get; set; } = "";

    /// <summary>The customers' type, in the singular.</summary>
    public string Kind { get; set; } = "person";

    /// <summary>The name of their field that holds the day.</summary>
    public string Field { get; set; } = "";

    /// <summary>The day comes again each year; else it comes once.</summary>
    public bool EachYear { get; set; } = true;

    public int DaysBefore { get; set; }

    /// <summary>A view that is everybody's, to which the customers belong; null for all.</summary>
    public string? Segment { get; set; }

    /// <summary>What went wrong when it was followed last, as <see cref="NoteProblem"/> keeps it; or null.</summary>
    public string? Problem { get; set; }

    /// <summary>Keeps a sentence and its values, so that it can be said in every reader's language.</summary>
    public static string NoteProblem(RuleMessage problem) => JsonSerializer.Serialize(problem.Values.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture)).Prepend(problem.Format));

    /// <summary>What went wrong, in the reader's language.</summary>
    public string? ProblemIn(IStringLocalizer words)
    {
        if (Problem is not { Length: > 0 } kept)
            return null;
        var said = kept[0] == '[' ? JsonSerializer.Deserialize<string[]>(kept)! : [kept];
        return new RuleMessage(said[0], [.. said[1..]]).In(words);
    }

    /// <summary>True where both ask for the same.</summary>
    public bool IsAs(CareRule other) =>
        (Subject, Kind, Field, EachYear, DaysBefore, Segment) == (other.Subject, other.Kind, other.Field, other.EachYear, other.DaysBefore, other.Segment);

    public void Check()
    {
        if (string.IsNullOrWhiteSpace(Subject))
            throw new RuleViolation("subject", "Say what is to be done.");
        PlainText.Line("subject", PlainText.Sound("subject", Subject, 300));
        if (DaysBefore is < 0 or > 365)
            throw new RuleViolation("daysBefore", "Give the days before, up to a year.");
    }

    /// <summary>The day that is to be cared for, where it is time: from so many days before until the day itself. Born on 29 February is congratulated on the 28th in other years.</summary>
    public DateOnly? DueOn(DateOnly day, DateOnly today)
    {
        if (!EachYear)
            return IsTime(day, today) ? day : null;
        foreach (var year in new[] { today.Year, today.Year + 1 })
        {
            // The day itself is no anniversary of it.
            if (year > day.Year && InYear(day, year) is { } again && IsTime(again, today))
                return again;
        }

        return null;
    }

    /// <summary>The day that is cared for in a year, or null where there is none.</summary>
    public DateOnly? DayIn(DateOnly day, int year) => !EachYear ? day.Year == year ? day : null : year > day.Year ? InYear(day, year) : null;

    private static DateOnly InYear(DateOnly day, int year) => new(year, day.Month, Math.Min(day.Day, DateTime.DaysInMonth(year, day.Month)));

    /// <summary>True from so many days before until the day itself.</summary>
    public bool IsTime(DateOnly day, DateOnly today) => day >= today && day.DayNumber - DaysBefore <= today.DayNumber;
}

/// <summary>That a rule made a task about a record for a year: it makes no second.</summary>
internal sealed class CareMade
{
    public Guid RuleId { get; init; }

    public Guid RecordId { get; init; }

    public int Year { get; init; }

    public Guid MadeTask { get; init; }

    /// <summary>The day that it was made for; null where that was not noted yet.</summary>
    public DateOnly? MadeFor { get; set; }
}

/// <summary>How far a rule was followed: all customers once a day, in between those alone that were changed. Without it the rule is new, or another one by now.</summary>
internal sealed class CareWalk
{
    public Guid RuleId { get; init; }

    /// <summary>The day of which all customers were looked at.</summary>
    public DateOnly FollowedOn { get; set; }

    /// <summary>The moment up to which changes were looked at.</summary>
    public DateTimeOffset FollowedTo { get; set; }
}
