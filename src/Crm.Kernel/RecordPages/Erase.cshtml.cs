using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Privacy;
using Crm.Kernel.Records;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Kernel.RecordPages;

/// <summary>Erasing what is kept about a person: asks for the name and the reason, because nothing brings it back.</summary>
internal sealed class EraseModel(EraseRecord erase) : TypedPage
{
    public Spine Record { get; private set; } = null!;

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid id) => await ReadAsync(id) ?? Page();

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        if (await ReadAsync(id) is { } refused)
            return refused;
        try
        {
            await erase.RunAsync(Type, id, Name, Reason, Ct);
        }
        catch (RuleViolation broken)
        {
            foreach (var (field, message) in broken.Said(L))
            {
                ModelState.AddModelError(field.Length == 0 ? "" : char.ToUpperInvariant(field[0]) + field[1..], message);
            }

            Response.StatusCode = 422;
            return Page();
        }

        TempData.Toast(L["Erased"]);
        return GoTo(Record.DeletedAt is null ? Type.UrlOf(id) : Type.ListUrl + "/bin");
    }

    private async Task<IActionResult?> ReadAsync(Guid id)
    {
        if (!Type.IsErasable || await erase.FindAsync(Type, id, Ct) is not { } record)
            throw new RecordMissing();
        Record = record;
        return Rights.May(CorePermissions.EraseRecords.Name) ? null : Refuse(403, L["You are not allowed to do this."]);
    }
}
