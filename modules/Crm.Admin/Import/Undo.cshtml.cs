using Crm.Abstractions.Security;
using Crm.Kernel.Import;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using ImportRow = Crm.Kernel.Import.Import;

namespace Crm.Admin.Import;

/// <summary>Takes an import back, and says what stays.</summary>
[Permission("ImportRecords")]
internal sealed class UndoModel(ImportDesk desk, UndoImport undo, IStringLocalizer<AdminText> text) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public ImportRow Import { get; private set; } = new();

    public bool MayUndo => Import.Progress is ImportProgress.Done or ImportProgress.Stopped;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct))
            return NotFound();
        var act = Guid.Empty;
        return await this.TryAsync(text, async () => act = (await undo.RunAsync(Id, ct)).Id) ? LocalRedirect($"/acts/{act}") : Page();
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await (await desk.ImportsAsync(ct)).FirstOrDefaultAsync(i => i.Id == Id, ct) is not { } import)
            return false;
        Import = import;
        return true;
    }
}
