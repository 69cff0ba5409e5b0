using System.Globalization;
using Crm.Ui.Shell;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Tasks;

/// <summary>When a task is due, as a reader has it: in words, with the icon and the colour that say the same.</summary>
internal sealed record DueWord(string Text, string Icon, string Color, bool IsLate);

/// <summary>Says when tasks are due, on the reader's clock.</summary>
internal sealed class DueWords(IUserZone zone, TimeProvider clock, IStringLocalizer<ActivitiesText> text)
{
    public DateOnly Today => DateOnly.FromDateTime(Now);

    private DateTime Now => LocalTime.Local(clock.GetUtcNow(), zone.Zone);

    public DueWord Of(CrmTask task)
    {
        if (task is not { Due: { } due, DueOn: { } on })
            return new DueWord(text["Some day"], "calendar-off", "gray", false);
        var local = LocalTime.Local(due, zone.Zone);
        var day = task.DueTime is null ? on : DateOnly.FromDateTime(local);
        var time = task.DueTime is null ? null : local.ToString("t", CultureInfo.CurrentCulture);
        var days = day.DayNumber - Today.DayNumber;
        if (due < clock.GetUtcNow())
            return new DueWord(Late(-days, time), "alert-triangle", "red", true);
        var words = days switch
        {
            <= 0 => text["Today"].Value,
            1 => text["Tomorrow"].Value,
            < 7 => day.ToString("dddd", CultureInfo.CurrentCulture),
            _ => day.ToString(day.Year == Today.Year ? "d MMM" : "d MMM yyyy", CultureInfo.CurrentCulture),
        };
        return new DueWord(time is null ? words : $"{words} {time}", days <= 0 ? "clock" : "calendar", days <= 0 ? "orange" : "blue", false);
    }

    private string Late(int days, string? time) => days switch
    {
        <= 0 => text["Overdue since {0}", time ?? text["today"].Value],
        1 => text["Overdue since yesterday"],
        _ => text["Overdue by {0} days", days],
    };
}
