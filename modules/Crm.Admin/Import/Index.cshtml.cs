using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Import;
using Crm.Kernel.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using ImportRow = Crm.Kernel.Import.Import;

namespace Crm.Admin.Import;

/// <summary>Choose what to import and the file; below, what was imported before.</summary>
[Permission("ImportRecords")]
[RequestSizeLimit(HardLimit)]
[RequestFormLimits(MultipartBodyLengthLimit = HardLimit)]
internal sealed class IndexModel(KernelDb db, ImportDesk desk, ImportFiles files, IStringLocalizer<AdminText> text) : PageModel
{
    // Whatever the setting says: more is not even read.
    private const long HardLimit = 1L << 30;
    private const int Most = 50;

    [BindProperty(SupportsGet = true)]
    public string? Type { get; set; }

    public IReadOnlyList<SelectListItem> Types { get; private set; } = [];

    public IReadOnlyList<ImportRow> Rows { get; private set; } = [];

    public IReadOnlyDictionary<Guid, string> Names { get; private set; } = new Dictionary<Guid, string>();

    public long MostMegabytes => files.MostBytes / 1_000_000;

    public Task OnGetAsync(CancellationToken ct) => ShowAsync(ct);

    public async Task<IActionResult> OnPostAsync(IFormFile? file, CancellationToken ct)
    {
        var draft = new ImportDraft
        {
            UserId = (await db.RightsAsync(ct)).UserId,
            OwnerId = (await db.RightsAsync(ct)).UserId,
            Kind = (await desk.TypesAsync(ct)).FirstOrDefault(t => t.Name == Type)?.Name ?? "",
            FileName = Path.GetFileName(file?.FileName) is { Length: > 0 } name ? name[..Math.Min(name.Length, 200)] : "",
        };
        if (await this.TryAsync(text, () => KeepAsync(draft, file, ct)))
            return LocalRedirect($"/admin/import/{draft.Id}");
        await ShowAsync(ct);
        return Page();
    }

    public string PluralOf(ImportRow row) => Types.FirstOrDefault(t => t.Value == row.Kind)?.Text ?? row.Kind;

    private async Task KeepAsync(ImportDraft draft, IFormFile? file, CancellationToken ct)
    {
        if (draft.Kind.Length == 0)
            throw new RuleViolation("type", "Say what the rows are.");
        if (file is null || file.Length == 0)
            throw new RuleViolation("file", "Choose a file that is not empty.");
        if (Path.GetExtension(draft.FileName).ToUpperInvariant() is ".XLSX" or ".XLS" or ".VCF")
            throw new RuleViolation("file", "This version imports CSV: save the file as CSV first.");
        await using var bytes = file.OpenReadStream();
        await files.KeepAsync(draft, bytes, ct);
    }

    private async Task ShowAsync(CancellationToken ct)
    {
        Types = (await desk.TypesAsync(ct)).Select(t => new SelectListItem(text[t.PluralLabel], t.Name)).OrderBy(t => t.Text, StringComparer.CurrentCulture).ToList();
        Rows = await (await desk.ImportsAsync(ct)).OrderByDescending(i => i.At).Take(Most).ToListAsync(ct);
        var users = Rows.Select(r => r.UserId).OfType<Guid>().Distinct().ToList();
        Names = await db.Set<User>().Where(u => users.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, ct);
    }
}
