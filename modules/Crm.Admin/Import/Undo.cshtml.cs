using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Import;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using ImportRow = Crm.Kernel.Import.Import;

namespace Crm.Admin.Import;

/// <summary>Takes an import back, and says what stays.</summary>
[Permission("ImportRecords")]
internal sealed class UndoModel(KernelDb db, ImportDesk desk, ImportQueue queue) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public ImportRow Import { get; private set; } = new();

    public ImportJob? Job { get; private set; }

    /// <summary>As it was before anything else was read, so that the page never shows half of an end.</summary>
    public bool IsLive { get; private set; }

    public bool MayUndo => !IsLive && Import.Progress is (ImportProgress.Done or ImportProgress.Stopped);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct))
            return NotFound();
        if (MayUndo)
            queue.Add(new ImportJob(Id, ImportTask.Undo, (await db.RightsAsync(ct)).UserId));
        return LocalRedirect($"/admin/import/undo/{Id}");
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        Job = queue.Find(Id);
        IsLive = Job is { IsOver: false };
        if (await (await desk.ImportsAsync(ct)).FirstOrDefaultAsync(i => i.Id == Id, ct) is not { } import)
            return false;
        Import = import;
        return true;
    }
}
