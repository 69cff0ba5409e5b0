using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Import;
using Crm.Kernel.Users;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Admin.Import;

/// <summary>How the file is read and what its columns mean: guessed, and changeable.</summary>
[Permission("ImportRecords")]
internal sealed class PlanModel(KernelDb db, ImportDesk desk, ImportFiles files, ImportQueue queue, PlanImport planner, ImportMappings mappings, IRecordTypes types, IStringLocalizer<AdminText> text)
    : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public Answers Input { get; set; } = new();

    public ImportDraft Draft { get; private set; } = new();

    public RecordType Type { get; private set; } = null!;

    public ImportPlan? Plan { get; private set; }

    /// <summary>Why the file can't be read so.</summary>
    public string? Problem { get; private set; }

    public IReadOnlyList<ColumnTarget> Targets { get; private set; } = [];

    public IReadOnlyList<string> Keys { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Owners { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Saved { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct))
            return NotFound();
        if (!files.Has(Id))
            return LocalRedirect($"/admin/import/{Id}/run");
        await ShowAsync(ct);
        return Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => ChangeAsync(_ => Task.FromResult($"/admin/import/{Id}"), ct);

    public Task<IActionResult> OnPostCheckAsync(CancellationToken ct) => ChangeAsync(
        _ =>
        {
            if (!queue.Add(new ImportJob(Id, ImportTask.Check, Draft.UserId)))
                throw new RuleViolation("file", "This import waits or runs already.");
            return Task.FromResult($"/admin/import/{Id}/run");
        },
        ct);

    public Task<IActionResult> OnPostSaveAsync(CancellationToken ct) => ChangeAsync(
        async c =>
        {
            await mappings.SaveAsync(Draft, Input.MappingName ?? "", c);
            TempData.Toast(text["Saved"]);
            return $"/admin/import/{Id}";
        },
        ct);

    public async Task<IActionResult> OnPostLoadAsync(Guid mapping, CancellationToken ct)
    {
        if (!await LoadAsync(ct))
            return NotFound();
        if (!await mappings.LoadAsync(Draft, mapping, ct))
            return NotFound();
        await files.WriteAsync(Draft, ct);
        return LocalRedirect($"/admin/import/{Id}");
    }

    private async Task<IActionResult> ChangeAsync(Func<CancellationToken, Task<string>> then, CancellationToken ct)
    {
        if (!await LoadAsync(ct) || !files.Has(Id))
            return NotFound();
        var to = "";
        if (await this.TryAsync(text, async () => to = await TakeAsync(then, ct)))
            return LocalRedirect(to);
        await ShowAsync(ct);
        return Page();
    }

    private async Task<string> TakeAsync(Func<CancellationToken, Task<string>> then, CancellationToken ct)
    {
        if (Draft.ImportId is not null || queue.Find(Id) is { IsOver: false })
            throw new RuleViolation("file", "This import has begun: its answers stay as they are.");
        await PlanAsync(ct);
        await OwnersAsync(ct);
        var isSameFormat = Same(Draft.Delimiter, Input.Delimiter) && Same(Draft.Encoding, Input.Encoding);
        if (Plan is not null && isSameFormat)
            TakeColumns(Plan);
        Draft.Encoding = FileChoices.Encodings.Contains(Input.Encoding) ? Input.Encoding : null;
        Draft.Delimiter = FileChoices.Delimiters.Any(d => d.Value == Input.Delimiter) ? Input.Delimiter : null;
        Draft.Order = Input.Order;
        Draft.Match = Keys.Contains(Input.Match) ? Input.Match : null;
        if (Owners.Any(o => Guid.TryParse(o.Value, out var id) && id == Input.Owner))
            Draft.OwnerId = Input.Owner;
        await files.WriteAsync(Draft, ct);
        return await then(ct);
    }

    // Only what differs from what the headings say is kept, so that a saved mapping holds for the next file.
    private void TakeColumns(ImportPlan plan)
    {
        var names = new ColumnNames(Type, types);
        foreach (var column in plan.Columns.Where(c => c.Index < Input.Columns.Count))
        {
            var (key, target) = (HeaderText.Key(column.Header), Input.Columns[column.Index] ?? "");
            if (target == ColumnTargets.Of(names.Find(column.Header)))
                Draft.Columns.Remove(key);
            else if (target.Length == 0 || Targets.Any(t => t.Value == target))
                Draft.Columns[key] = target;
        }
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await desk.DraftAsync(Id, ct) is not { } found)
            return false;
        (Draft, Type) = found;
        Targets = ColumnTargets.Of(Type);
        Keys = ImportChunk.Of(Type).KeysOf(Type);
        return true;
    }

    private async Task ShowAsync(CancellationToken ct)
    {
        await PlanAsync(ct);
        await OwnersAsync(ct);
        Saved = [.. (await mappings.OfAsync(Type.Name, ct)).Select(m => new SelectListItem(m.Name, m.Id.ToString()))];
    }

    private async Task PlanAsync(CancellationToken ct)
    {
        try
        {
            await using var file = files.Open(Id);
            (Plan, _) = await planner.RunAsync(Type, file, Draft.Map(isOpen: true), Draft.Match, ct);
            ImportChunk.Of(Type).Check(Plan);
        }
        catch (ImportRefused refused)
        {
            Problem = refused.Message;
        }
    }

    // Who may not hand records over owns what he imports.
    private async Task OwnersAsync(CancellationToken ct)
    {
        var rights = await db.RightsAsync(ct);
        if (!rights.May(CorePermissions.HandOverRecords.Name))
            return;
        Owners = await db.Set<User>().Where(u => u.DisabledAt == null).OrderBy(u => u.Name).Select(u => new SelectListItem(u.Name, u.Id.ToString())).ToListAsync(ct);
    }

    private static bool Same(string? a, string? b) => (a ?? "") == (b ?? "");

    /// <summary>What was chosen.</summary>
    internal sealed class Answers
    {
        public string? Encoding { get; set; }

        public string? Delimiter { get; set; }

        public DateOrder? Order { get; set; }

        public string? Match { get; set; }

        public Guid? Owner { get; set; }

        public string? MappingName { get; set; }

        public List<string?> Columns { get; set; } = [];
    }
}
