using Crm.Kernel.Audit;
using Crm.Kernel.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.RecordPages;

/// <summary>One act in a record's history.</summary>
internal sealed record HistoryAct(DateTimeOffset At, string Who, string? Door, string Icon, IReadOnlyList<string> Sentences);

/// <summary>Who changed what in a record, as sentences; fields that the reader may not read are left out.</summary>
internal sealed class HistoryModel(KernelDb db, RecordNames names) : TypedPage
{
    private const int PageSize = 40;

    public IReadOnlyList<HistoryAct> Acts { get; private set; } = [];

    public string? NextUrl { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, Guid? before)
    {
        if (!IsFragment)
            return LocalRedirect(Type.UrlOf(id) + "#history");
        if (!await IsVisibleAsync(id))
            return Refuse(404, L["This is not here any more, or not yours to see."]);
        // Ids are made by time, so they order as the changes came.
        var changes = await db.Set<AuditChange>().AsNoTracking().Where(c => c.RecordId == id && (before == null || c.ActId.CompareTo(before.Value) < 0))
            .OrderByDescending(c => c.ActId).Take(PageSize * 4).ToListAsync(Ct);
        var actIds = changes.Select(c => c.ActId).Distinct().Take(PageSize).ToList();
        var acts = await db.Set<AuditAct>().AsNoTracking().Where(a => actIds.Contains(a.Id)).ToListAsync(Ct);
        var words = new HistoryWords(Type, await Door.FieldsAsync(Ct), L);
        var shown = changes.Where(c => actIds.Contains(c.ActId)).Select(c => (c.ActId, Change: AuditValues.Read(c))).ToList();
        var known = await names.OfAsync(acts.Select(a => a.UserId ?? Guid.Empty).Concat(shown.SelectMany(s => s.Change.Ids)).Where(g => g != Guid.Empty), Ct);
        Acts = [.. from act in acts.OrderByDescending(a => a.Id)
                   let changed = shown.Where(s => s.ActId == act.Id).Select(s => s.Change).ToList()
                   let sentences = words.Sentences(changed, known).Distinct(StringComparer.Ordinal).ToList()
                   where sentences.Count > 0
                   select new HistoryAct(act.At, Who(act, known), DoorWords(act.Door), words.IconOf(changed), sentences)];
        if (changes.Count == PageSize * 4 || changes.Select(c => c.ActId).Distinct().Count() > PageSize)
            NextUrl = $"{Type.UrlOf(id)}/history?before={actIds[^1]}";
        return Page();
    }

    private string Who(AuditAct act, IReadOnlyDictionary<Guid, string> known) =>
        act.UserId is { } user ? known.GetValueOrDefault(user) ?? L["Somebody"] : L["The system"];

    private string? DoorWords(string door) => door switch
    {
        "import" => L["by import"].Value,
        "api" => L["by the API"].Value,
        "command" => L["by a command"].Value,
        "job" => L["by itself"].Value,
        _ => null,
    };
}
