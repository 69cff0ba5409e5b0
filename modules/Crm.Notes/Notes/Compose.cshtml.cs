using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Crm.Notes.Notes;

/// <summary>The note box: shown on the record's page, saved from there.</summary>
[Permission("EditNotes")]
internal sealed class ComposeModel(WriteNote write, IStringLocalizer<Startup> l) : PageModel
{
    public Guid Id { get; private set; }

    public string About { get; private set; } = "";

    public string Text { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, string? text, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        try
        {
            await write.RunAsync(id, text ?? "", ct);
            Response.Headers["HX-Trigger"] = "story-changed";
        }
        catch (RuleViolation wrong)
        {
            Text = text ?? "";
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            foreach (var (_, message) in wrong.Said(l))
                ModelState.AddModelError("text", message);
        }

        return Page();
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        Id = id;
        About = await write.TitleAsync(id, ct) ?? "";
        return About.Length > 0;
    }
}
