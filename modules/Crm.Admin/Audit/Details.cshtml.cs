using System.Text.Json;
using Crm.Abstractions.Security;
using Crm.Kernel.Audit;
using Crm.Kernel.Data;
using Crm.Kernel.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Admin.Audit;

/// <summary>One act, with before and after.</summary>
[Permission("ViewAudit")]
internal sealed class DetailsModel(KernelDb db, IStringLocalizer<AdminText> text) : PageModel
{
    private const int Most = 200;

    public AuditAct Act { get; private set; } = new();

    public string Who { get; private set; } = "";

    public IReadOnlyList<Change> Changes { get; private set; } = [];

    public bool More { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await db.Set<AuditAct>().AsNoTracking().FirstOrDefaultAsync(a => a.Id == id, ct) is not { } act)
            return NotFound();
        Act = act;
        Who = act.UserId is { } user
            ? await db.Set<User>().Where(u => u.Id == user).Select(u => u.Name).FirstOrDefaultAsync(ct) ?? text["Unknown"]
            : text["System"];
        var rows = await db.Set<AuditChange>().AsNoTracking().Where(c => c.ActId == id).OrderBy(c => c.Id).Take(Most + 1).ToListAsync(ct);
        More = rows.Count > Most;
        var shown = await ShownAsync(rows, ct);
        var hidden = 0;
        var changes = new List<Change>();
        foreach (var row in rows.Take(Most))
        {
            // The right to the audit is no right to see records: what the reader may not see stays closed here, too.
            if (shown.Records.Contains(row.RecordId) && !shown.Titles.ContainsKey(row.RecordId))
                hidden++;
            else
                changes.Add(new Change(row.Entity, row.Action, shown.Titles.GetValueOrDefault(row.RecordId), Read(row.Changes)));
        }

        if (hidden > 0)
            changes.Add(new Change(text["{0} records that you may not see", hidden], "", null, []));
        Changes = changes;
        return Page();
    }

    private async Task<(HashSet<Guid> Records, Dictionary<Guid, string> Titles)> ShownAsync(List<AuditChange> rows, CancellationToken ct)
    {
        var ids = rows.Select(r => r.RecordId).Distinct().ToList();
        var records = await db.Records.Where(r => ids.Contains(r.Id)).Select(r => new { r.Id, r.Kind }).ToListAsync(ct);
        var kinds = records.Select(r => r.Kind).Distinct(StringComparer.Ordinal).ToList();
        var visible = kinds.Count == 0
            ? []
            : await (await db.VisibleRecordsAsync(kinds, ct)).Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.Title, ct);
        return (records.Select(r => r.Id).ToHashSet(), visible);
    }

    private static List<(string Field, string Before, string After)> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().Select(p => (p.Name, Words(p.Value[0]), Words(p.Value[1]))).ToList();
    }

    private static string Words(JsonElement value) => value.ValueKind == JsonValueKind.Null ? "" : value.ToString();

    /// <summary>A changed row.</summary>
    internal sealed record Change(string Entity, string Action, string? Title, IReadOnlyList<(string Field, string Before, string After)> Values);
}
