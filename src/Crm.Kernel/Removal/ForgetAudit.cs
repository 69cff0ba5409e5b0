using System.Text.Json;
using Crm.Abstractions.Events;
using Crm.Abstractions.Records;
using Crm.Kernel.Audit;
using Crm.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Removal;

/// <summary>Leaves of the audit of forgotten records who changed which field and when, and not from what to what.</summary>
internal sealed class ForgetAudit(KernelDb db) : IEventHandler<RecordsForgotten>
{
    public async Task HandleAsync(RecordsForgotten fact, CancellationToken ct)
    {
        foreach (var change in await db.Set<AuditChange>().Where(c => fact.Ids.Contains(c.RecordId)).ToListAsync(ct))
        {
            using var values = JsonDocument.Parse(change.Changes);
            change.Changes = JsonSerializer.Serialize(AuditRows.WithoutValues(values.RootElement.EnumerateObject().Select(v => v.Name).Distinct(StringComparer.Ordinal)));
            change.Entity = AuditRows.WithoutKey(change.Entity);
        }
    }
}
