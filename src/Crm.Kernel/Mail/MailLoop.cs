using Crm.Kernel.Data;
using Crm.Kernel.Jobs;
using Crm.Kernel.Security;
using Crm.Mail.Addresses;
using Crm.Mail.Sending;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Kernel.Mail;

/// <summary>Sends what waits, one after the other over one connection. A mail is marked before it goes and its answer is kept before the next is marked: so at most one is unheard after a crash.</summary>
internal sealed partial class MailLoop(
    IServiceScopeFactory scopes, MailSettings settings, MailSignal signal, OneNode one, TimeProvider clock, ILogger<MailLoop> log) : BackgroundService
{
    private const int Batch = 200;
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(2);
    private DateTimeOffset _notBefore;
    private bool _hadTurn;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.IsReady)
            return;
        await using var turn = one.Of("mail");
        await using var transport = settings.Transport(clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await TakeTurnAsync(turn, transport, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // What was marked and not answered is looked for at the next turn.
                _hadTurn = false;
                LogFailed(failure);
            }

            await signal.WaitAsync(_pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TakeTurnAsync(OneNode.Turn turn, IMailTransport transport, CancellationToken ct)
    {
        var isMine = await turn.IsMineAsync(ct);
        if (isMine && !_hadTurn)
            await FindUnheardAsync(ct);
        _hadTurn = isMine;
        while (_hadTurn && clock.GetUtcNow() >= _notBefore && await SendDueAsync(transport, ct) == Batch)
            _hadTurn = await turn.IsMineAsync(ct);
    }

    /// <summary>Names the mails that a server was sending when it ended.</summary>
    private async Task FindUnheardAsync(CancellationToken ct)
    {
        await using var scope = Scope();
        var db = Db(scope);
        foreach (var mail in await db.Set<SentMail>().Where(m => m.State == MailState.Sending).ToListAsync(ct))
            MailFate.Unheard(mail, "The server ended before the answer was heard.", settings, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
    }

    private async Task<int> SendDueAsync(IMailTransport transport, CancellationToken ct)
    {
        await using var scope = Scope();
        var db = Db(scope);
        var now = clock.GetUtcNow();
        var due = await db.Set<SentMail>().Where(m => m.DueAt <= now && m.State == MailState.Waiting).OrderBy(m => m.DueAt).ThenBy(m => m.Id).Take(Batch).Select(m => m.Id).ToListAsync(ct);
        Answered? last = null;
        foreach (var id in due)
        {
            if (ct.IsCancellationRequested)
                break;
            var mail = await MarkAsync(db, id, last);
            last = null;
            if (mail is null)
                continue;
            last = new Answered(mail, await SendAsync(transport, mail, ct));
            MailFate.Settle(mail, last.Result, settings, clock.GetUtcNow());
            if (last.Result.Outcome == SendOutcome.NotSent)
            {
                LogAway(last.Result.Detail);
                _notBefore = clock.GetUtcNow() + settings.RetryAfter;
                break;
            }
        }

        if (last is not null)
            await KeepAsync(db, last);
        return due.Count;
    }

    /// <summary>Says that a mail goes now, saved together with the answer to the one before; null where somebody took one of them back since.</summary>
    private async Task<SentMail?> MarkAsync(KernelDb db, Guid id, Answered? last)
    {
        var mail = await db.Set<SentMail>().FirstOrDefaultAsync(m => m.Id == id && m.State == MailState.Waiting, CancellationToken.None);
        try
        {
            if (mail is not null)
                mail.State = MailState.Sending;
            await db.SaveChangesAsync(CancellationToken.None);
            if (last is not null)
                db.Entry(last.Mail).State = EntityState.Detached;
            return mail;
        }
        catch (DbUpdateConcurrencyException)
        {
            // Whichever it was: the answer is kept alone, and what still waits comes at the next turn.
            if (mail is not null)
                db.Entry(mail).State = EntityState.Detached;
            if (last is not null)
                await KeepAsync(db, last);
            return null;
        }
    }

    // An answer is kept whatever else happens: what was sent and is not known to be might go twice.
    private async Task KeepAsync(KernelDb db, Answered answered)
    {
        while (true)
        {
            try
            {
                await db.SaveChangesAsync(CancellationToken.None);
                break;
            }
            catch (DbUpdateConcurrencyException)
            {
                await db.Entry(answered.Mail).ReloadAsync(CancellationToken.None);
                if (db.Entry(answered.Mail).State == EntityState.Detached)
                    return;
                MailFate.Settle(answered.Mail, answered.Result, settings, clock.GetUtcNow());
            }
        }

        db.Entry(answered.Mail).State = EntityState.Detached;
    }

    private static async Task<SendResult> SendAsync(IMailTransport transport, SentMail mail, CancellationToken ct)
    {
        var recipients = mail.Recipients.Split('\n').Select(a => new Mailbox(a)).ToList();
        try
        {
            return await transport.SendAsync(new OutgoingMail(new Mailbox(mail.Sender), recipients, mail.Content), ct);
        }
        catch (OperationCanceledException)
        {
            // Thrown only while it is surely not sent.
            return new SendResult(SendOutcome.NotSent, SendPhase.Before, null, "The server was stopped.", []);
        }
        catch (IOException failure)
        {
            return new SendResult(SendOutcome.NotSent, SendPhase.Before, null, failure.Message, []);
        }
    }

    /// <summary>A mail and what the relay said of it, on the way to the database.</summary>
    private sealed record Answered(SentMail Mail, SendResult Result);

    private AsyncServiceScope Scope()
    {
        var scope = scopes.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<Actor>();
        (actor.IsSystem, actor.Door) = (true, "job");
        return scope;
    }

    private static KernelDb Db(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<KernelDb>();

    [LoggerMessage(LogLevel.Error, "Mail could not be sent; trying again.")]
    private partial void LogFailed(Exception failure);

    [LoggerMessage(LogLevel.Warning, "The mail relay is away: {Detail}")]
    private partial void LogAway(string detail);
}
