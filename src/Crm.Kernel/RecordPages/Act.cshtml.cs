using Crm.Abstractions.Records;
using Crm.Kernel.Records;
using Crm.Kernel.Records.Deeds;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Kernel.RecordPages;

/// <summary>A deed's form: what it must be told, and the button that does it.</summary>
internal sealed class ActModel(RecordNames names, IUserZone zone) : TypedPage
{
    public Deed Deed { get; private set; } = null!;

    public RecordView Record { get; private set; } = null!;

    public IReadOnlyList<FormInput> Inputs { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, string verb) => await ReadAsync(id, verb) ?? Page();

    public async Task<IActionResult> OnPostAsync(Guid id, string verb)
    {
        if (await ReadAsync(id, verb) is { } refused)
            return refused;
        try
        {
            await Door.DoAsync(id, verb, DeedForm.Read(Deed, Request.Form, "", zone.Zone), null, Ct);
        }
        catch (RuleViolation broken)
        {
            return await AgainAsync(broken);
        }

        TempData.Toast(L["{0}: done", L[Deed.Label]]);
        // A hand-over may take the record out of one's own sight.
        return GoTo(await Door.FindAsync(id, Ct) is { } still ? still.Url : Type.ListUrl);
    }

    private async Task<IActionResult?> ReadAsync(Guid id, string verb)
    {
        if (KernelDeeds.Of(Type).FirstOrDefault(d => string.Equals(d.Name, verb, StringComparison.Ordinal)) is not { } deed || await Door.FindAsync(id, Ct) is not { } record)
            return Refuse(404, L["This is not here any more, or not yours to see."]);
        (Deed, Record) = (deed, record);
        Inputs = [.. deed.Inputs.Select(i => FormInput.Of(i, "", null, L))];
        return Rights.May(deed.Permission) ? null : Refuse(403, L["You are not allowed to do this."]);
    }

    private async Task<IActionResult> AgainAsync(RuleViolation broken)
    {
        foreach (var (field, message) in broken.Said(L))
        {
            ModelState.AddModelError(Inputs.Any(i => i.Name == field) ? field : "", message);
        }

        foreach (var input in Inputs)
            input.Raw = [.. Request.Form[input.Name].OfType<string>()];
        var known = await names.OfAsync(Inputs.Select(i => Guid.TryParse(i.First, out var id) ? id : Guid.Empty), Ct);
        foreach (var input in Inputs.Where(i => i.Source is not null))
            input.Chosen = Guid.TryParse(input.First, out var id) ? known.GetValueOrDefault(id) : null;
        Response.StatusCode = 422;
        return Page();
    }
}
