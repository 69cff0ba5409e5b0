using Crm.Abstractions.Records;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Kernel.RecordPages;

/// <summary>Puts a record into the bin, with Undo, and takes it out again.</summary>
internal sealed class BinModel : TypedPage
{
    public IActionResult OnGet(Guid id) => LocalRedirect(Type.UrlOf(id));

    public async Task<IActionResult> OnPostAsync(Guid id, string act)
    {
        if (act == "restore")
        {
            try
            {
                await Door.RestoreAsync(id, Ct);
            }
            catch (RuleViolation taken)
            {
                TempData.Toast(string.Join(' ', taken.Said(L).Select(s => s.Text)));
                return GoTo(Type.ListUrl + "/bin");
            }

            return GoTo(Type.UrlOf(id));
        }

        var record = await Door.FindAsync(id, Ct);
        await Door.DeleteAsync(id, null, Ct);
        TempData.Toast(L["{0} deleted", record?.Title ?? L[Type.Label]], $"{Type.UrlOf(id)}/restore");
        return GoTo(Type.ListUrl);
    }
}
