using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.CustomFields;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Admin.Fields;

/// <summary>The fields of a record type that the company made, and which of the type's own are obligatory.</summary>
[Permission("AdministerSite")]
internal sealed class IndexModel(
    KernelDb db, CustomFieldSet set, MoveCustomField move, RetireCustomField retire, RequireField require, IStringLocalizer<AdminText> text) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    public IReadOnlyList<RecordType> Types { get; } = [.. set.Types];

    public IReadOnlyList<CustomField> Fields { get; private set; } = [];

    public IReadOnlyList<CustomField> Retired { get; private set; } = [];

    public IReadOnlyList<RecordField> Choices { get; private set; } = [];

    public Task<IActionResult> OnGetAsync(CancellationToken ct) => ShowAsync(ct);

    public async Task<IActionResult> OnPostAsync(Guid id, string? act, CancellationToken ct)
    {
        var done = await this.TryAsync(text, () => act switch
        {
            "up" or "down" => move.RunAsync(id, act == "up", ct),
            "retire" or "restore" => retire.RunAsync(id, act == "retire", ct),
            _ => throw new RuleViolation("", "Say what to do with it."),
        });
        return done && !Request.Headers.ContainsKey("HX-Request") ? LocalRedirect($"/admin/fields?kind={Uri.EscapeDataString(Kind ?? "")}") : await ShowAsync(ct);
    }

    public async Task<IActionResult> OnPostRequiredAsync(string[] required, CancellationToken ct)
    {
        if (!await this.TryAsync(text, () => require.RunAsync(Kind ?? "", required, ct)))
            return await ShowAsync(ct);
        TempData.Toast(text["Saved"]);
        return LocalRedirect($"/admin/fields?kind={Uri.EscapeDataString(Kind ?? "")}");
    }

    public string Words(FieldKind kind) => FieldWords.Of(kind, text);

    public IEnumerable<string> Rules(CustomField field)
    {
        if (field.IsRequired)
            yield return text["obligatory"];
        if (field.IsUnique)
            yield return text["unique"];
        if (field.IsListed)
            yield return field.IsPending ? text["listed, index being built"] : text["listed"];
        if (field.IsSearchable)
            yield return text["searched"];
        if (field.IsPersonal)
            yield return text["personal"];
        if (field.ReadDepartments().Count is > 0 and var count)
            yield return count == 1 ? text["1 department"] : text["{0} departments", count];
    }

    private async Task<IActionResult> ShowAsync(CancellationToken ct)
    {
        Kind ??= Types.Count > 0 ? Types[0].Name : "";
        if (Types.FirstOrDefault(t => t.Name == Kind) is not { } type)
            return NotFound();
        var all = await db.Set<CustomField>().AsNoTracking().Where(f => f.Kind == Kind).OrderBy(f => f.Rank).ThenBy(f => f.Id).ToListAsync(ct);
        (Fields, Retired) = (all.FindAll(f => f.RetiredAt is null), all.FindAll(f => f.RetiredAt is not null));
        Choices = [.. RequireField.Choices(type)];
        return Page();
    }
}
