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
    private const int MostRead = 1_000;

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
        // His own are gone through once, and what is shown of each group is chosen here.
        var due = await FirstAsync(mine.Where(t => t.Due <= horizon), MostRead, ct);
        if (due.Count == MostRead)
        {
            due.AddRange(await FirstAsync(mine.Where(t => t.Due >= now && t.Due <= tonight), Most, ct));
            due.AddRange(await FirstAsync(mine.Where(t => t.Due > tonight && t.Due <= horizon), Most, ct));
            due = [.. due.Distinct()];
        }

        Count = Math.Min(MostCounted, due.Count(t => t.Due <= tonight));
        var shown = new[] { due.Where(t => t.Due < now), due.Where(t => t.Due >= now && t.Due <= tonight), due.Where(t => t.Due > tonight) }
            .Select(group => group.Take(Most).Select(t => t.Id).ToList()).ToList();
        var ids = shown.SelectMany(s => s).ToList();
        var found = ids.Count == 0 ? [] : (await rows.ReadAsync(mine.Where(t => ids.Contains(t.Id)), ct)).ToDictionary(r => r.Task.Id);
        var groups = shown.Select(IReadOnlyList<TaskRow> (group) => [.. group.Where(found.ContainsKey).Select(id => found[id])]);
        Groups = [.. new[] { text["Overdue"].Value, text["Today"].Value, text["Next days"].Value }.Zip(groups).Where(g => g.Second.Count > 0)];
    }

    private static Task<List<DueTask>> FirstAsync(IQueryable<CrmTask> tasks, int count, CancellationToken ct) =>
        tasks.OrderBy(t => t.Due).ThenBy(t => t.Id).Take(count).Select(t => new DueTask(t.Id, t.Due!.Value)).ToListAsync(ct);

    private sealed record DueTask(Guid Id, DateTimeOffset Due);
}
