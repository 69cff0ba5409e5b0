using Crm.Abstractions.Records;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Tasks;

/// <summary>What was typed into the form of a new task, as it was typed.</summary>
internal sealed class TaskForm
{
    public string? Subject { get; set; }

    public string? On { get; set; }

    public string? Time { get; set; }

    public Guid? Assignee { get; set; }

    public string? Channel { get; set; }

    public string? Text { get; set; }

    /// <summary>What it means; null where something can't be read, which then stands at its field.</summary>
    public PlannedTask? Read(IReadOnlyList<FieldOption> channels, TimeZoneInfo zone, ModelStateDictionary errors, IStringLocalizer l)
    {
        if (string.IsNullOrWhiteSpace(Subject))
            errors.AddModelError("subject", l["Say what is to be done."]);
        DateOnly? on = null;
        if (!string.IsNullOrWhiteSpace(On))
            on = FormText.Day(On) ?? errors.Wrong<DateOnly>("on", l["Write a day, such as 2026-03-31."]);
        TimeOnly? time = null;
        if (!string.IsNullOrWhiteSpace(Time))
            time = FormText.Time(Time) ?? errors.Wrong<TimeOnly>("time", l["Write a time, such as 14:30."]);
        if (time is not null && on is null && errors.IsValid)
            errors.AddModelError("on", l["Say on which day, beside the time."]);
        var channel = string.IsNullOrEmpty(Channel) ? null : Channel;
        if (channel is not null && !channels.Any(c => c.Value == channel))
            errors.AddModelError("channel", l["Choose one of the list."]);
        return errors.IsValid ? new PlannedTask(Subject!, on, time, zone.Id) { AssigneeId = Assignee, Channel = channel, Text = Text } : null;
    }
}
