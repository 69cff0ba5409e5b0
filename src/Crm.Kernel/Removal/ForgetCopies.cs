using Crm.Abstractions.Events;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Jobs;
using Crm.Kernel.Mail;
using Crm.Kernel.Notifications;
using Crm.Kernel.Outbox;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Removal;

/// <summary>Empties the copies that name forgotten records: answers of the API that could be given again, and messages in the outbox. Notices and facts that were to come about them go. A message that still waits is not sent.</summary>
internal sealed class ForgetCopies(KernelDb db) : IEventHandler<RecordsForgotten>
{
    public async Task HandleAsync(RecordsForgotten fact, CancellationToken ct)
    {
        db.RemoveRange(await db.Set<Notification>().Where(n => fact.Ids.Contains(n.RecordId!.Value)).ToListAsync(ct));
        db.RemoveRange(await db.Set<DueFact>().Where(d => fact.Ids.Contains(d.AboutId)).ToListAsync(ct));
        await ForgetMailsAsync(fact.Ids, ct);
        var answered = db.Set<AnsweredRecord>().Where(r => fact.Ids.Contains(r.RecordId)).Select(r => r.AnswerId);
        foreach (var answer in await db.Set<IdempotentAnswer>().Where(a => answered.Contains(a.Id)).ToListAsync(ct))
            answer.Body = OutboxMessage.Nothing;
        // What was delivered has no words any more; what is on its way is little, and is read by its index.
        var ids = fact.Ids.Select(i => i.ToString()).ToList();
        foreach (var message in await db.Set<OutboxMessage>().Where(m => m.DueAt != null && ids.Any(i => m.Payload.Contains(i))).ToListAsync(ct))
            (message.Payload, message.DueAt, message.Error) = (OutboxMessage.Nothing, null, null);
    }

    // A mail is about one record, and its words may name more: a day's notices do.
    private async Task ForgetMailsAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        foreach (var mail in await db.Set<SentMail>().Where(m => ids.Contains(m.RecordId!.Value)).ToListAsync(ct))
            mail.Forget();
        var named = db.Set<MailRecord>().Where(r => ids.Contains(r.RecordId)).Select(r => r.MailId);
        foreach (var mail in await db.Set<SentMail>().Where(m => named.Contains(m.Id)).ToListAsync(ct))
            mail.Forget();
    }
}
