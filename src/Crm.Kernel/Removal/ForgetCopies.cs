using Crm.Abstractions.Events;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Outbox;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Removal;

/// <summary>Empties the copies that name forgotten records: answers of the API that could be given again, and messages in the outbox. A message that still waits is not sent.</summary>
internal sealed class ForgetCopies(KernelDb db) : IEventHandler<RecordsForgotten>
{
    private const string Nothing = "{}";

    public async Task HandleAsync(RecordsForgotten fact, CancellationToken ct)
    {
        var ids = fact.Ids.Select(i => i.ToString()).ToList();
        foreach (var answer in await db.Set<IdempotentAnswer>().Where(a => ids.Any(i => a.Body.Contains(i))).ToListAsync(ct))
            answer.Body = Nothing;
        foreach (var message in await db.Set<OutboxMessage>().Where(m => ids.Any(i => m.Payload.Contains(i))).ToListAsync(ct))
            (message.Payload, message.DueAt, message.Error) = (Nothing, null, null);
    }
}
