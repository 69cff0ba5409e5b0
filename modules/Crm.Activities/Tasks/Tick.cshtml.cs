using System.Globalization;
using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Tasks;

/// <summary>What is done to a task with one press, wherever it stands in a box or a tile: the same deeds as on its page, with Undo.</summary>
[Permission(ActivitiesPermissions.EditTodo)]
internal sealed class TickModel(CrmDb db, IServiceProvider services, IUserZone zone, TimeProvider clock, IStringLocalizer<ActivitiesText> text) : PageModel
{
    // Boxes on record pages wait for the one, tiles of My day for the other.
    private static readonly string[] _changed = ["story-changed", "tasks-changed"];
    private static readonly Dictionary<string, object?> _nothing = [];

    public IActionResult OnGet(Guid id) => LocalRedirect($"/activities/tasks/{id}");

    public Task<IActionResult> OnPostDoneAsync(Guid id, CancellationToken ct) =>
        DoAsync<CompleteTask>(id, _ => _nothing, task => task.Recurrence is null ? text["Done"] : text["Done; the next one is planned"], _ => "Open", ct);

    public Task<IActionResult> OnPostSkipAsync(Guid id, CancellationToken ct) => DoAsync<SkipTask>(id, _ => _nothing, _ => text["Skipped"], _ => "Open", ct);

    public Task<IActionResult> OnPostOpenAsync(Guid id, CancellationToken ct) => DoAsync<ReopenTask>(id, _ => _nothing, _ => text["Open again"], null, ct);

    public Task<IActionResult> OnPostLaterAsync(Guid id, string? until, CancellationToken ct) => DoAsync<SnoozeTask>(
        id, task => new Dictionary<string, object?> { ["until"] = Until(task, until) }, _ => text["Put off"],
        task => "Plan&on=" + task.DueOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "&time=" + task.DueTime?.ToString("HH:mm", CultureInfo.InvariantCulture), ct);

    /// <summary>Takes a putting off back: plans it as it was.</summary>
    public async Task<IActionResult> OnPostPlanAsync(Guid id, DateOnly? on, TimeOnly? time, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } task)
            return NotFound();
        if (!await db.MayAsync(ActivitiesPermissions.EditTodo, task.Spine, ct))
            return Forbid();
        return await SavedAsync(
            () =>
            {
                task.Plan(on, time, task.Zone);
                task.Check();
                return db.SaveChangesAsync(ct);
            },
            () => text["Planned as before"],
            null);
    }

    private async Task<IActionResult> DoAsync<TVerb>(
        Guid id, Func<CrmTask, Dictionary<string, object?>> input, Func<CrmTask, string> said, Func<CrmTask, string>? undo, CancellationToken ct)
        where TVerb : IVerb<CrmTask>
    {
        if (await FindAsync(id, ct) is not { } task)
            return NotFound();
        if (!await db.MayAsync(ActivitiesPermissions.EditTodo, task.Spine, ct))
            return Forbid();
        var back = undo is null ? null : $"/activities/tasks/tick/{id}?handler={undo(task)}";
        return await SavedAsync(() => ActivatorUtilities.CreateInstance<TVerb>(services).RunAsync(task, input(task), ct), () => said(task), back);
    }

    private async Task<IActionResult> SavedAsync(Func<Task> save, Func<string> said, string? undo)
    {
        try
        {
            await save();
        }
        catch (RuleViolation wrong)
        {
            return Refused(string.Join(' ', wrong.Said(text).Select(w => w.Text)));
        }
        catch (DbUpdateException)
        {
            // Two ended it at the same moment.
            return Refused(text["Somebody changed this in the meantime."]);
        }

        Response.Toast(said(), undo, _changed);
        return Content("");
    }

    private ObjectResult Refused(string why)
    {
        db.ChangeTracker.Clear();
        return new ObjectResult(new ProblemDetails { Detail = why, Status = StatusCodes.Status409Conflict }) { StatusCode = StatusCodes.Status409Conflict };
    }

    private async Task<CrmTask?> FindAsync(Guid id, CancellationToken ct) => await (await db.VisibleAsync<CrmTask>(ct))
        .Include(t => t.Spine.Abouts).Include(t => t.Steps).AsTracking().AsSplitQuery().FirstOrDefaultAsync(t => t.Id == id, ct);

    private DateTimeOffset Until(CrmTask task, string? until)
    {
        var now = clock.GetUtcNow();
        if (until == "hour")
            return now.AddHours(1);
        var days = until == "week" ? 7 : 1;
        if (task.DueOn is null)
            return LocalTime.Utc(Today(zone.Zone).AddDays(days).ToDateTime(new TimeOnly(9, 0)), zone.Zone);
        // Where it is a day ahead of the reader, his tomorrow has begun there already. Noon stays on its day in whatever zone.
        var (mine, there) = (Today(zone.Zone), Today(LocalTime.Zone(task.Zone)));
        return LocalTime.Utc((mine > there ? mine : there).AddDays(days), task.DueTime ?? new TimeOnly(12, 0), task.Zone);

        DateOnly Today(TimeZoneInfo where) => DateOnly.FromDateTime(LocalTime.Local(now, where));
    }
}
