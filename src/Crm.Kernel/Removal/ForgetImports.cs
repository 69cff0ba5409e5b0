using Crm.Abstractions.Events;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Import;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Removal;

/// <summary>Empties what imports kept of forgotten records for their undo.</summary>
internal sealed class ForgetImports(KernelDb db) : IEventHandler<RecordsForgotten>
{
    public async Task HandleAsync(RecordsForgotten fact, CancellationToken ct)
    {
        foreach (var row in await db.Set<ImportedRow>().Where(r => fact.Ids.Contains(r.RecordId)).ToListAsync(ct))
            row.Changes = "{}";
    }
}
