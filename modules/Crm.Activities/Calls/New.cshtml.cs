using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Activities.Tasks;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Calls;

/// <summary>Plans a call with everybody in a saved view.</summary>
[Permission(ActivitiesPermissions.EditTodo)]
internal sealed class NewModel(CrmDb db, MakeCallList make, IRecordLists lists, IRecordTypes types, IStaff staff, IUserZone zone, IStringLocalizer<ActivitiesText> text) : PageModel
{
    private static readonly string[] _kinds = ["person", "organization"];

    [BindProperty]
    public TaskForm Input { get; set; } = new();

    /// <summary>The kind of customer and the view's name, with a colon between.</summary>
    [BindProperty]
    public string? Segment { get; set; }

    public IReadOnlyList<(RecordType Type, string Name)> Segments { get; private set; } = [];

    public bool MayAssign { get; private set; }

    public string? AssigneeName { get; private set; }

    public IEnumerable<SelectListItem> Items => Segments.Select(s => new SelectListItem($"{text[s.Type.PluralLabel]}: {s.Name}", Key(s.Type, s.Name), Key(s.Type, s.Name) == Segment)).Prepend(new SelectListItem("–", ""));

    public Task OnGetAsync(CancellationToken ct) => OpenAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await OpenAsync(ct);
        // What could not be bound was left empty or was no answer to choose from.
        ModelState.Clear();
        var chosen = Segments.FirstOrDefault(s => Key(s.Type, s.Name) == Segment);
        if (chosen.Type is null)
            ModelState.AddModelError("segment", text["Choose a view."]);
        try
        {
            if (Input.Read([], zone.Zone, ModelState, text) is { } call)
            {
                var made = await make.RunAsync(new PlannedCalls(chosen.Type!.Name, chosen.Name, call), ct);
                TempData.Toast(Said(made));
                return LocalRedirect("/activities/calls");
            }
        }
        catch (RuleViolation wrong)
        {
            db.ChangeTracker.Clear();
            foreach (var (field, message) in wrong.Said(text))
                ModelState.AddModelError(field == "filter" ? "segment" : field, message);
        }

        AssigneeName = Input.Assignee is { } id ? (await staff.NamesAsync([id], ct)).GetValueOrDefault(id) : null;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private string Said(MadeCalls made) => made.Often == 0 ? Planned(made) : Planned(made) + " · " + text["{0} of them hear from us too often already", made.Often];

    private string Planned(MadeCalls made) => made switch
    {
        { Waiting: 0, Refused: 0, Unwilling: 0 } => text["{0} calls planned", made.Made],
        { Refused: 0, Unwilling: 0 } => text["{0} calls planned; {1} were planned already", made.Made, made.Waiting],
        { Unwilling: 0 } => text["{0} calls planned; {1} were planned already, {2} only others may call", made.Made, made.Waiting, made.Refused],
        _ => text["{0} calls planned; {1} were planned already, {2} only others may call, {3} have refused calls", made.Made, made.Waiting, made.Refused, made.Unwilling],
    };

    private async Task OpenAsync(CancellationToken ct)
    {
        var rights = await db.RightsAsync(ct);
        MayAssign = rights.May(ActivitiesPermissions.AssignTasks.Name);
        var found = new List<(RecordType, string)>();
        foreach (var kind in _kinds)
        {
            if (types.Find(kind) is { } type && rights.May(type.ViewPermission))
                found.AddRange((await lists.SegmentsAsync(kind, ct)).Select(name => (type, name)));
        }

        Segments = found;
    }

    private static string Key(RecordType type, string name) => $"{type.Name}:{name}";
}
