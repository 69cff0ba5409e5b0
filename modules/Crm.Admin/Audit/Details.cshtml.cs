using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Audit;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Admin.Audit;

/// <summary>One act, with before and after.</summary>
[Permission("ViewAudit")]
internal sealed class DetailsModel(KernelDb db, RecordTypes types, RecordDoors doors, IStringLocalizer<AdminText> text) : PageModel
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
        Changes = await ShownAsync([.. rows.Take(Most)], ct);
        return Page();
    }

    // The right to the audit is no right to see records, nor fields: what the reader may not see stays closed here, too.
    private async Task<List<Change>> ShownAsync(List<AuditChange> rows, CancellationToken ct)
    {
        var ids = rows.Select(r => r.RecordId).Distinct().ToList();
        var there = await db.Records.Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.Kind, ct);
        var titles = await TitlesAsync(ids, [.. there.Values.Distinct(StringComparer.Ordinal)], ct);
        var readable = new Dictionary<string, ReadableChanges>(StringComparer.Ordinal);
        var hidden = 0;
        var changes = new List<Change>();
        foreach (var row in rows)
        {
            var title = titles.GetValueOrDefault(row.RecordId);
            if (there.TryGetValue(row.RecordId, out var kind) && title is null)
            {
                hidden++;
                continue;
            }

            var all = AuditValues.Read(row);
            var shown = kind is null ? Gone(all) : (await ReadableAsync(readable, kind, ct)).Of(all);
            changes.Add(new Change(shown.Entity, shown.Action, title, shown.Values, all.Values.Count - shown.Values.Count));
        }

        if (hidden > 0)
            changes.Add(new Change(text["{0} records that you may not see", hidden], "", null, [], 0));
        return changes;
    }

    private async Task<Dictionary<Guid, string>> TitlesAsync(List<Guid> ids, List<string> kinds, CancellationToken ct) => kinds.Count == 0
        ? []
        : await (await db.VisibleAmongAsync(ids, ct, kinds)).ToDictionaryAsync(r => r.Id, r => r.Title, ct);

    private async Task<ReadableChanges> ReadableAsync(Dictionary<string, ReadableChanges> known, string kind, CancellationToken ct)
    {
        if (!known.TryGetValue(kind, out var readable))
            known[kind] = readable = new ReadableChanges(types.Find(kind) is { } type ? await doors.Of(type).FieldsAsync(ct) : []);
        return readable;
    }

    // Of a record that is no more nobody can say who might see it. A user, a role, a setting is no record: who reads the audit reads it.
    private AuditValues Gone(AuditValues change) =>
        change.IsPart || change.Entity == "Record" || types.All.Any(t => t.Entity.Name == change.Entity) ? change.Closed() : change;

    /// <summary>A changed row.</summary>
    /// <param name="Hidden">How many values of it the reader may not see.</param>
    internal sealed record Change(string Entity, string Action, string? Title, IReadOnlyList<(string Field, string? Before, string? After)> Values, int Hidden);
}
