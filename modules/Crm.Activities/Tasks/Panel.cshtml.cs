using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Tasks;

/// <summary>The open tasks about a record, ticked off and added in place.</summary>
[Permission(ActivitiesPermissions.ViewTodo)]
internal sealed class PanelModel(
    CrmDb db, PlanTask plan, SecondThoughts thoughts, TaskRows rows, IChoices choices, IStaff staff, IUserZone zone, DueWords words, IStringLocalizer<ActivitiesText> text)
    : TaskBox(db, plan, thoughts, choices, staff, zone, words, text)
{
    private const int Few = 5;
    private const int Most = 200;

    /// <summary>Shows all rows.</summary>
    [FromQuery]
    public bool All { get; set; }

    /// <summary>Shows the form.</summary>
    [FromQuery]
    public bool Add { get; set; }

    public IReadOnlyList<TaskRow> Rows { get; private set; } = [];

    public int Count { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await OpenAsync(ct))
            return NotFound();
        // A task has no tasks of its own; its page has no such box.
        return About.Kind == CrmTask.KindName ? Content("") : await ShowAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await OpenAsync(ct))
            return NotFound();
        if (!MayPlan)
            return Forbid();
        var done = await PlanAsync(ct);
        Add = done is null;
        if (done is not null)
            Response.Toast(done);
        return await ShowAsync(ct);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken ct)
    {
        var open = (await Db.VisibleAsync<CrmTask>(ct)).Where(t => t.AboutId == Id && t.State == TaskState.Open);
        Rows = await rows.ReadAsync(open.OrderBy(t => t.Due == null).ThenBy(t => t.Due).ThenBy(t => t.Id).Take(All ? Most : Few), ct);
        Count = Rows.Count < Few ? Rows.Count : await open.CountAsync(ct);
        return Page();
    }
}
