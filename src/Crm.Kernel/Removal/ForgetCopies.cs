using Crm.Abstractions.Events;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Jobs;
using Crm.Kernel.Notifications;
using Crm.Kernel.Outbox;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Removal;

/// <summary>Empties the copies that name forgotten records: answers of the API that could be given again, and messages in the outbox. Notices and facts that were to come about them go. A message that still waits is not sent.</summary>
internal sealed class ForgetCopies(KernelDb db) : IEventHandler<RecordsForgotten>
{
    private const string Nothing = "{}";

    public async Task HandleAsync(RecordsForgotten fact, CancellationToken ct)
    {
        db.RemoveRange(await db.Set<Notification>().Where(n => fact.Ids.Contains(n.RecordId!.Value)).ToListAsync(ct));
        db.RemoveRange(await db.Set<DueFact>().Where(d => fact.Ids.Contains(d.AboutId)).ToListAsync(ct));
        var ids = fact.Ids.Select(i => i.ToString()).ToList();
        foreach (var answer in await db.Set<IdempotentAnswer>().Where(a => ids.Any(i => a.Body.Contains(i))).ToListAsync(ct))
            answer.Body = Nothing;
        foreach (var message in await db.Set<OutboxMessage>().Where(m => ids.Any(i => m.Payload.Contains(i))).ToListAsync(ct))
            (message.Payload, message.DueAt, message.Error) = (Nothing, null, null);
    }
}
