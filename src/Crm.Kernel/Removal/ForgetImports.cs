using Crm.Abstractions.Events;
using Crm.Abstractions.Records;
using Crm.Kernel.Bulk;
using Crm.Kernel.Data;
using Crm.Kernel.Import;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Removal;

/// <summary>Empties what imports and bulk acts kept of forgotten records for their undo.</summary>
internal sealed class ForgetImports(KernelDb db) : IEventHandler<RecordsForgotten>
{
    public async Task HandleAsync(RecordsForgotten fact, CancellationToken ct)
    {
        foreach (var row in await db.Set<ImportedRow>().Where(r => fact.Ids.Contains(r.RecordId)).ToListAsync(ct))
            row.Changes = "{}";
        foreach (var row in await db.Set<BulkRow>().Where(r => fact.Ids.Contains(r.RecordId)).ToListAsync(ct))
            (row.Changes, row.Reason) = ("{}", row.Reason is null ? null : "");
        // A bulk edit that is over needs its words no more: its rows say what is taken back.
        var acts = db.Set<BulkAct>().Where(a => a.Kind == EditWork.Name && (a.State == BulkState.Done || a.State == BulkState.Undone));
        foreach (var act in await acts.Where(a => db.Set<BulkRow>().Any(r => r.BulkId == a.Id && fact.Ids.Contains(r.RecordId))).ToListAsync(ct))
            act.Parameters = BulkText.Of(act.Told<EditTold>() with { Name = null, Values = [], Filter = null });
    }
}
