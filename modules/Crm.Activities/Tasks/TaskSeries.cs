using Crm.Abstractions.Records;
using Crm.Calendar;
using Crm.Calendar.Recurrence;

namespace Crm.Activities.Tasks;

/// <summary>A task that comes again: when one of a series ends, the next one is made.</summary>
internal sealed partial class CrmTask
{
    private string? _repeats;
    private string? _recurrence;

    /// <summary>How it comes again, in one word of <see cref="TaskRepeat"/>; null for never.</summary>
    public string? Repeats
    {
        get => _repeats;
        set
        {
            if (value == TaskRepeat.Own)
                _repeats = value;
            else if (value != _repeats)
                Recurrence = TaskRepeat.RuleOf(value);
        }
    }

    /// <summary>The rule (RFC 5545) by which it comes again. Another rule begins another series, with this task as its first.</summary>
    public string? Recurrence
    {
        get => _recurrence;
        set
        {
            var rule = string.IsNullOrWhiteSpace(value) ? null : value.Trim();
            (_repeats, _isMoved) = (TaskRepeat.NameOf(rule), true);
            if (rule == _recurrence)
                return;
            _recurrence = rule;
            (SeriesKey, SeriesOn, SeriesTime, OccursOn) = (null, null, null, null);
        }
    }

    public Guid? SeriesKey { get; private set; }

    /// <summary>The first day of the series, from which the rule counts.</summary>
    public DateOnly? SeriesOn { get; private set; }

    /// <summary>The time of day of the series: one that is put off moves alone.</summary>
    public TimeOnly? SeriesTime { get; private set; }

    /// <summary>The day for which the rule made it; it may be planned for another one since.</summary>
    public DateOnly? OccursOn { get; private set; }

    /// <summary>True for one that was made because the one before it ended.</summary>
    public bool IsFollowing => OccursOn > SeriesOn;

    /// <summary>Makes it the first of its series, where it comes again and belongs to none yet.</summary>
    public void BeginSeries()
    {
        if (Recurrence is not null && SeriesKey is null && DueOn is { } day)
            (SeriesKey, SeriesOn, SeriesTime, OccursOn) = (Guid.CreateVersion7(), day, DueTime, day);
    }

    /// <summary>The day of the next one; null where the series ends. Days that went by meanwhile are not made up for: nobody wants thirty of a daily task after his holidays.</summary>
    public DateOnly? NextDay(DateOnly today)
    {
        if (Recurrence is null || SeriesOn is not { } first || OccursOn is not { } last)
            return null;
        var set = new RecurrenceSet
        {
            Start = first.ToDateTime(SeriesTime ?? TimeOnly.MinValue),
            Rule = RecurrenceRule.Parse(Recurrence),
            Zone = LocalTime.IsZone(Zone) ? LocalTime.Zone(Zone) : null,
        };
        var before = last > today.AddDays(-1) ? last : today.AddDays(-1);
        return set.Next(before.ToDateTime(TimeOnly.MaxValue)) is { } next ? DateOnly.FromDateTime(next) : null;
    }

    /// <summary>The next of the series: the same for another day, with nothing ticked yet.</summary>
    public CrmTask Following(DateOnly day)
    {
        var next = New();
        (next.Subject, next.Text, next.Channel, next.AboutId) = (Subject, Text, Channel, AboutId);
        (next.Priority, next.RemindMinutes, next.GiverUserId) = (Priority, RemindMinutes, GiverUserId);
        next.SetSteps([.. Steps.OrderBy(s => s.Rank).Select(s => new ValueEntry(TaskStep.Open, s.Text))]);
        next.Assign(Spine.OwnerId);
        next.Plan(day, SeriesTime, Zone);
        next.Recurrence = Recurrence;
        // What administrators added to tasks belongs to the series like the rest.
        next.Spine.Custom = Spine.Custom;
        (next.SeriesKey, next.SeriesOn, next.SeriesTime, next.OccursOn) = (SeriesKey, SeriesOn, SeriesTime, day);
        return next;
    }

    private void CheckSeries()
    {
        if (Recurrence is null)
        {
            if (Repeats is not null)
                throw new RuleViolation("recurrence", "Write the rule by which it comes again, or choose how.");
            return;
        }

        if (DueOn is null)
            throw new RuleViolation("dueOn", "What comes again needs a first day.");
        try
        {
            var rule = RecurrenceRule.Parse(Recurrence);
            if (rule.ByHour.Count + rule.ByMinute.Count + rule.BySecond.Count > 0)
                throw new RuleViolation("recurrence", "A task comes again by days; its time stands beside it.");
        }
        catch (CalendarFormatException wrong)
        {
            throw new RuleViolation("recurrence", "This is no rule by which something comes again: {0}", wrong.Reason);
        }
    }
}
