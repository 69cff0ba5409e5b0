using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Import;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using ImportRow = Crm.Kernel.Import.Import;

namespace Crm.Admin.Import;

/// <summary>How a trial or an import stands: asked again every second while it runs.</summary>
[Permission("ImportRecords")]
internal sealed class RunModel(ImportDesk desk, ImportFiles files, ImportQueue queue) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public ImportDraft Draft { get; private set; } = new();

    public RecordType Type { get; private set; } = null!;

    public ImportJob? Job { get; private set; }

    public ImportRow? Import { get; private set; }

    /// <summary>As it was before anything else was read, so that the page never shows half of an end.</summary>
    public bool IsLive { get; private set; }

    public bool MayRun => !IsLive && files.Has(Id) && Import is null && Job is { Task: ImportTask.Check, Stage: JobStage.Done };

    public bool MayResume => !IsLive && files.Has(Id) && Import is { Progress: ImportProgress.Stopped };

    public bool MayChange => !IsLive && files.Has(Id) && Import is null;

    public bool HasReport => !IsLive && files.HasReport(Id) && (Job?.Result?.Failed ?? Import?.Failed ?? 0) > 0;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct))
            return NotFound();
        return Job is null && Import is null ? files.Has(Id) ? LocalRedirect($"/admin/import/{Id}") : NotFound() : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct))
            return NotFound();
        if (MayRun || MayResume)
            queue.Add(new ImportJob(Id, ImportTask.Run, Draft.UserId));
        return LocalRedirect($"/admin/import/{Id}/run");
    }

    public async Task<IActionResult> OnPostStopAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct))
            return NotFound();
        if (Job is { IsOver: false } job)
            job.Stop();
        return LocalRedirect($"/admin/import/{Id}/run");
    }

    public async Task<IActionResult> OnGetBadAsync(CancellationToken ct) =>
        await LoadAsync(ct) && HasReport ? File(files.OpenReport(Id), "text/csv; charset=utf-8", $"{Path.GetFileNameWithoutExtension(Draft.FileName)}-failed.csv") : NotFound();

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        Job = queue.Find(Id);
        IsLive = Job is { IsOver: false };
        if (await desk.DraftAsync(Id, ct) is not { } found)
            return false;
        (Draft, Type) = found;
        if (Draft.ImportId is { } import)
            Import = await (await desk.ImportsAsync(ct)).FirstOrDefaultAsync(i => i.Id == import, ct);
        return true;
    }
}
