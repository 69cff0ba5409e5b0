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
        var due = await db.Set<SentMail>().Where(m => m.DueAt <= now && m.State == MailState.Waiting).OrderBy(m => m.DueAt).ThenBy(m => m.Id).Take(Batch).ToListAsync(ct);
        foreach (var mail in due)
        {
            // Saved together with the answer to the one before.
            mail.State = MailState.Sending;
            await db.SaveChangesAsync(ct);
            var result = await SendAsync(transport, mail, ct);
            MailFate.Settle(mail, result, settings, clock.GetUtcNow());
            if (result.Outcome == SendOutcome.NotSent)
            {
                LogAway(result.Detail);
                _notBefore = clock.GetUtcNow() + settings.RetryAfter;
                break;
            }
        }

        await db.SaveChangesAsync(CancellationToken.None);
        return due.Count;
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
