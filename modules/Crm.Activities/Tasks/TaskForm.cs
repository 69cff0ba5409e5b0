using System.Globalization;
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
        else if (Subject.Trim().Length > 300)
            errors.AddModelError("subject", l["This is longer than {0} characters.", 300]);
        if (Text?.Length > 20_000)
            errors.AddModelError("text", l["This is longer than {0} characters.", 20_000]);
        DateOnly? on = null;
        if (!string.IsNullOrWhiteSpace(On))
            on = DateOnly.TryParseExact(On, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : Wrong<DateOnly>(errors, "on", l["Write a day, such as 2026-03-31."]);
        TimeOnly? time = null;
        if (!string.IsNullOrWhiteSpace(Time))
            time = TimeOnly.TryParseExact(Time, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : Wrong<TimeOnly>(errors, "time", l["Write a time, such as 14:30."]);
        if (time is not null && on is null && errors.IsValid)
            errors.AddModelError("on", l["Say on which day, beside the time."]);
        var channel = string.IsNullOrEmpty(Channel) ? null : Channel;
        if (channel is not null && !channels.Any(c => c.Value == channel))
            errors.AddModelError("channel", l["Choose one of the list."]);
        return errors.IsValid ? new PlannedTask(Subject!, on, time, zone.Id) { AssigneeId = Assignee, Channel = channel, Text = Text } : null;
    }

    private static T? Wrong<T>(ModelStateDictionary errors, string field, string message)
        where T : struct
    {
        errors.AddModelError(field, message);
        return null;
    }
}
