using Crm.Kernel.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Crm.Kernel.MyDay;

/// <summary>The tiles of records that were changed lately: the reader's own, and those of others.</summary>
internal sealed class RecentModel(RecentRecords records) : PageModel
{
    public bool IsMine { get; private set; }

    public IReadOnlyList<Recent> Rows { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string which, CancellationToken ct)
    {
        if (which is not ("mine" or "others"))
            return NotFound();
        IsMine = which == "mine";
        Rows = IsMine ? await records.MineAsync(ct) : await records.OthersAsync(ct);
        return Page();
    }
}
