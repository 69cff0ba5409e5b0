using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Jobs;
using Crm.Kernel.Records;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Crm.Admin.Jobs;

/// <summary>What the server does by itself: each job with its last run and its next.</summary>
[Permission("AdministerSite")]
internal sealed class IndexModel(JobList list, AskJob ask, PauseJob pause, IStringLocalizer<AdminText> text) : PageModel
{
    public IReadOnlyList<JobRow> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Rows = await list.AllAsync(ct);

    public async Task<IActionResult> OnPostAsync(string? job, string? act, CancellationToken ct)
    {
        try
        {
            switch (act)
            {
                case "run":
                    TempData.Toast(text["{0} is running", text[(await ask.RunAsync(job ?? "", ct)).Label]]);
                    break;
                case "pause" or "resume":
                    await pause.RunAsync(job ?? "", act == "pause", ct);
                    break;
                default:
                    return BadRequest();
            }
        }
        catch (RecordMissing)
        {
            return NotFound();
        }
        catch (RuleViolation broken)
        {
            TempData.Toast(string.Join(' ', broken.Said(text).Select(s => s.Text)));
        }

        return LocalRedirect("/admin/jobs");
    }
}
