using System.Globalization;
using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Tasks;

/// <summary>What the two boxes in which a task is planned share: the form, its choices, and what becomes of it.</summary>
internal abstract class TaskBox(CrmDb db, PlanTask plan, SecondThoughts thoughts, IChoices choices, IStaff staff, IUserZone zone, DueWords words, IStringLocalizer<ActivitiesText> text) : PageModel
{
    [BindProperty]
    public TaskForm Input { get; set; } = new();

    [FromRoute]
    public Guid Id { get; set; }

    /// <summary>The record that it is about.</summary>
    public Spine About { get; private set; } = null!;

    public bool MayPlan { get; private set; }

    public bool MayAssign { get; private set; }

    public string? AssigneeName { get; private set; }

    public string Today => Day(0);

    public string Tomorrow => Day(1);

    public string NextWeek => Day(7);

    public IEnumerable<SelectListItem> Channels =>
        Offered.Select(c => new SelectListItem(text[c.Label], c.Value, c.Value == Input.Channel)).Prepend(new SelectListItem("–", ""));

    protected CrmDb Db => db;

    protected IStringLocalizer<ActivitiesText> Words => text;

    private IReadOnlyList<FieldOption> Offered => [.. choices.Of(ActivitiesLists.Channels.Name).Where(c => !c.IsRetired || c.Value == Input.Channel)];

    /// <summary>Finds the record; false where it isn't there or not for this reader.</summary>
    protected async Task<bool> OpenAsync(CancellationToken ct)
    {
        if (await plan.FindAsync(Id, ct) is not { } about)
            return false;
        About = about;
        var rights = await db.RightsAsync(ct);
        MayPlan = rights.May(ActivitiesPermissions.EditTodo);
        MayAssign = MayPlan && rights.May(ActivitiesPermissions.AssignTasks.Name);
        return true;
    }

    /// <summary>Makes the task and gives what is to be said of it; null where something in the form is wrong, which then stands at its field.</summary>
    protected async Task<string?> PlanAsync(CancellationToken ct)
    {
        // What could not be bound was left empty or was no answer to choose from.
        ModelState.Clear();
        try
        {
            if (Input.Read(Offered, zone.Zone, ModelState, text) is { } planned)
            {
                var made = await plan.RunAsync(Id, planned, ct);
                (Input, AssigneeName) = (new TaskForm(), null);
                ModelState.Clear();
                return await thoughts.AfterAsync(CrmTask.KindName, made.Id, text["Task added"], ct);
            }
        }
        catch (RuleViolation wrong)
        {
            db.ChangeTracker.Clear();
            foreach (var (field, message) in wrong.Said(text))
                ModelState.AddModelError(field, message);
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        AssigneeName = Input.Assignee is { } chosen ? (await staff.NamesAsync([chosen], ct)).GetValueOrDefault(chosen) : null;
        return null;
    }

    private string Day(int days) => words.Today.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
