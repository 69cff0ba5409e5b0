using Crm.Kernel.Jobs;
using Microsoft.Extensions.Localization;

namespace Crm.Admin.Jobs;

/// <summary>A state in colour, icon and word.</summary>
internal sealed record JobWord(string Colour, string Icon, string Text)
{
    public static JobWord Of(JobRow row, IStringLocalizer text) => row switch
    {
        { IsOn: false } => new("gray", "minus", text["Module is off"]),
        { State.PausedAt: not null } => new("gray", "player-pause", text["Paused"]),
        { IsLate: true } => new("red", "alarm", text["Late"]),
        { Last.Outcome: JobOutcome.Failed } => new("orange", "alert-triangle", text["Failed, tried again"]),
        { Last.Outcome: JobOutcome.Running } => new("azure", "loader", text["Running"]),
        _ => new("green", "check", text["In time"]),
    };

    public static JobWord Of(JobRun run, IStringLocalizer text) => run.Outcome switch
    {
        JobOutcome.Done => new("green", "check", text["Done"]),
        JobOutcome.Failed => new("red", "x", text["Failed"]),
        JobOutcome.Broken => new("orange", "plug-x", text["Broken off"]),
        _ => new("azure", "loader", text["Running"]),
    };

    /// <summary>How long it took: under a second in milliseconds.</summary>
    public static string Took(JobRun run, IStringLocalizer text) => (run.EndedAt - run.StartedAt) switch
    {
        null => "",
        { TotalSeconds: < 1 } t => text["{0} ms", (int)t.TotalMilliseconds],
        { TotalMinutes: < 2 } t => text["{0} s", Math.Round(t.TotalSeconds, 1)],
        { } t => text["{0} min", (int)t.TotalMinutes],
    };
}
