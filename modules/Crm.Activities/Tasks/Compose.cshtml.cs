using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Tasks;

/// <summary>The box above a timeline in which a task is planned.</summary>
[Permission(ActivitiesPermissions.EditTodo)]
internal sealed class ComposeModel(CrmDb db, PlanTask plan, SecondThoughts thoughts, IChoices choices, IStaff staff, IUserZone zone, DueWords words, IStringLocalizer<ActivitiesText> text)
    : TaskBox(db, plan, thoughts, choices, staff, zone, words, text)
{
    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await OpenAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await OpenAsync(ct))
            return NotFound();
        if (await PlanAsync(ct) is { } done)
            Response.Toast(done, null, "story-changed");
        return Page();
    }
}
