using Crm.Abstractions.Records;
using Crm.Kernel.Bulk;
using Crm.Kernel.Data;
using Crm.Kernel.Import;
using Crm.Kernel.RecordPages;
using Crm.Kernel.Records;
using Crm.Kernel.Users;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.BulkPages;

/// <summary>A record that an act left as it was.</summary>
internal sealed record LeftRow(Guid RecordId, string? Title, string? Url, string Reason);

/// <summary>One act: how far it is, what it left and why; stopped, resumed and undone here.</summary>
internal sealed class ActModel(BulkDoor bulk, BulkRun run, KernelDb db, RecordTypes types, IEnumerable<IBulkWork> works, IStringLocalizer<PageText> text) : PageModel
{
    private const int MostShown = 100;
    private const int AtOnce = 200;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public BulkAct Act { get; private set; } = new();

    public string? Who { get; private set; }

    public IReadOnlyList<LeftRow> Left { get; private set; } = [];

    public bool MayResume => Act is { State: BulkState.Stopped or BulkState.Failed, UndoId: null };

    public bool MayUndo => Act is { IsLive: false, UndoId: null, State: not BulkState.Undone } && works.Any(w => w.Kind == Act.Kind && w.Undo is not null);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await (await bulk.MineAsync(ct)).FirstOrDefaultAsync(a => a.Id == Id, ct) is not { } act)
            return NotFound();
        Act = act;
        Who = act.UserId is null ? text["System"] : await db.Set<User>().Where(u => u.Id == act.UserId).Select(u => u.Name).FirstOrDefaultAsync(ct);
        Left = await LeftAsync(Guid.Empty, MostShown, ct);
        return Page();
    }

    public async Task<IActionResult> OnGetLeftAsync(CancellationToken ct)
    {
        if (!await (await bulk.MineAsync(ct)).AnyAsync(a => a.Id == Id, ct))
            return NotFound();
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = $"attachment; filename=left-{Id}.csv";
        await using var csv = new CsvOut(Response.Body);
        await csv.WriteAsync(["Record", "Name", "Reason"], ct);
        var after = Guid.Empty;
        for (List<BulkRow> rows; (rows = await RowsAsync(after, 500, ct)).Count > 0; after = rows[^1].Id)
        {
            foreach (var row in await NamedAsync(rows, ct))
                await csv.WriteAsync([row.RecordId.ToString(), row.Title ?? "", row.Reason], ct);
        }

        return new EmptyResult();
    }

    public Task<IActionResult> OnPostStopAsync(CancellationToken ct) => DoAsync(() => bulk.StopAsync(Id, ct), Id);

    public Task<IActionResult> OnPostResumeAsync(CancellationToken ct) => DoAsync(() => bulk.ResumeAsync(Id, ct), Id);

    public async Task<IActionResult> OnPostUndoAsync(CancellationToken ct)
    {
        var undo = Id;
        var answer = await DoAsync(
            async () =>
            {
                var act = await bulk.UndoAsync(Id, ct);
                undo = act.Id;
                // What a toast takes back is back when the page is shown again.
                if (act.Total <= AtOnce)
                    await run.FinishAsync(undo, ct);
            },
            Id);
        return undo == Id ? answer : LocalRedirect($"/acts/{undo}");
    }

    private async Task<IActionResult> DoAsync(Func<Task> act, Guid next)
    {
        try
        {
            await act();
        }
        catch (RecordMissing)
        {
            return NotFound();
        }
        catch (RuleViolation broken)
        {
            TempData.Toast(string.Join(' ', broken.Errors.SelectMany(e => e.Value).Select(m => text[m].Value)));
        }

        return LocalRedirect($"/acts/{next}");
    }

    private async Task<IReadOnlyList<LeftRow>> LeftAsync(Guid after, int most, CancellationToken ct) => await NamedAsync(await RowsAsync(after, most, ct), ct);

    private Task<List<BulkRow>> RowsAsync(Guid after, int most, CancellationToken ct) =>
        db.Set<BulkRow>().AsNoTracking().Where(r => r.BulkId == Id && r.Id > after && r.Reason != null).OrderBy(r => r.Id).Take(most).ToListAsync(ct);

    // A record that the reader may not see has no name here.
    private async Task<IReadOnlyList<LeftRow>> NamedAsync(List<BulkRow> rows, CancellationToken ct)
    {
        var ids = rows.Select(r => r.RecordId).Distinct().ToList();
        var visible = await db.VisibleAmongAsync(ids, ct);
        var named = await visible.AsNoTracking().Select(r => new { r.Id, r.Kind, r.Title }).ToDictionaryAsync(r => r.Id, ct);
        return [.. rows.Select(r => named.TryGetValue(r.RecordId, out var record)
            ? new LeftRow(r.RecordId, record.Title, types.Find(record.Kind) is { HasPages: true } type ? type.UrlOf(record.Id) : null, r.Reason!)
            : new LeftRow(r.RecordId, null, null, r.Reason!))];
    }
}
