using Crm.Abstractions.Records;

namespace Crm.Activities.Holidays;

/// <summary>From when to when a department works on a day of the week; a day without a row is off.</summary>
internal sealed class WorkingHours
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Whose; null for the whole company.</summary>
    public Guid? DepartmentId { get; init; }

    public DayOfWeek Weekday { get; init; }

    public TimeOnly Begins { get; set; }

    public TimeOnly Ends { get; set; }

    public void Check()
    {
        if (Ends <= Begins)
            throw new RuleViolation("hours", "A working day ends after it begins.");
    }
}
