using Crm.Abstractions.Security;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Tasks;

/// <summary>The reader's own tasks by when they are due: what is late, today's, and the next days'.</summary>
[Permission(ActivitiesPermissions.ViewTodo)]
internal sealed class TodayModel(TaskRows rows, DueWords words, IUserZone zone, TimeProvider clock, IStringLocalizer<ActivitiesText> text) : PageModel
{
    private const int Ahead = 7;
    private const int Most = 8;
    private const int MostCounted = 100;

    public IReadOnlyList<(string Heading, IReadOnlyList<TaskRow> Rows)> Groups { get; private set; } = [];

    /// <summary>How many are late or due today.</summary>
    public int Count { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var mine = (await rows.MineAsync(ct)).Where(t => t.Due != null);
        var now = clock.GetUtcNow();
        // A task without a time of day is due when its day ends.
        var tonight = LocalTime.Utc(words.Today.AddDays(1), TimeOnly.MinValue, zone.Zone.Id);
        var horizon = LocalTime.Utc(words.Today.AddDays(Ahead + 1), TimeOnly.MinValue, zone.Zone.Id);
        Count = await mine.Where(t => t.Due <= tonight).Take(MostCounted).CountAsync(ct);
        var late = mine.Where(t => t.Due < now).OrderBy(t => t.Due).ThenBy(t => t.Id);
        var today = mine.Where(t => t.Due >= now && t.Due <= tonight).OrderBy(t => t.Due).ThenBy(t => t.Id);
        var next = mine.Where(t => t.Due > tonight && t.Due <= horizon).OrderBy(t => t.Due).ThenBy(t => t.Id);
        var groups = await rows.ReadAsync([late.Take(Most), today.Take(Most), next.Take(Most)], ct);
        Groups = [.. new[] { text["Overdue"].Value, text["Today"].Value, text["Next days"].Value }.Zip(groups).Where(g => g.Second.Count > 0)];
    }
}
