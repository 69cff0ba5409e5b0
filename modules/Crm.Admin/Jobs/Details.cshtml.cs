using Crm.Abstractions.Security;
using Crm.Kernel.Jobs;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Crm.Admin.Jobs;

/// <summary>One job with its last runs.</summary>
[Permission("AdministerSite")]
internal sealed class DetailsModel(JobList list) : PageModel
{
    public JobRow Row { get; private set; } = null!;

    public IReadOnlyList<JobRun> Runs { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string name, CancellationToken ct)
    {
        if ((await list.AllAsync(ct)).FirstOrDefault(r => r.Job.Name == name) is not { } row)
            return NotFound();
        (Row, Runs) = (row, await list.RunsAsync(name, ct));
        return Page();
    }
}
