using Crm.Kernel.Audit;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Mail;

/// <summary>An administrator's word on a mail that did not go, or of which nobody knows: again, or no more.</summary>
internal sealed class DecideMail(KernelDb db, Actor actor, MailSignal signal, TimeProvider clock)
{
    /// <exception cref="RecordMissing">There is no such mail, or it is settled.</exception>
    public async Task RunAsync(Guid id, bool again, CancellationToken ct)
    {
        await db.WriteAsync(
            async inner =>
            {
                var mail = await db.Set<SentMail>().FirstOrDefaultAsync(m => m.Id == id && m.State != MailState.Sent && m.State != MailState.Sending, inner)
                    ?? throw new RecordMissing();
                var now = clock.GetUtcNow();
                (mail.State, mail.DueAt, mail.Attempts) = again ? (MailState.Waiting, now, 0) : (MailState.GivenUp, (DateTimeOffset?)null, mail.Attempts);
                db.Add(new AuditAct { At = now, UserId = actor.UserId, Door = actor.Door, What = again ? "Sent a mail again" : "Gave a mail up" });
            },
            ct);
        signal.Wake();
    }
}
