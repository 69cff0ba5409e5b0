using Crm.Mail.Sending;

namespace Crm.Mail.Smtp;

/// <summary>Sends mail to one SMTP server (RFC 5321) over one connection, which is kept for the next mail. For several at a time, use several.</summary>
/// <param name="settings">Which server, and how.</param>
/// <param name="time">The clock that tells how long a connection was unused.</param>
public sealed class SmtpTransport(SmtpSettings settings, TimeProvider time) : IMailTransport
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private SmtpSession? _session;
    private long _usedAt;

    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            await LeaveStaleAsync();
            var kept = _session is not null;
            try
            {
                return await SendOverAsync(mail, ct);
            }
            catch (SmtpEnded) when (kept)
            {
                // A kept connection may have ended unnoticed. The mail was surely not sent, so it gets one of its own.
                await LeaveAsync();
                return await SendOverAsync(mail, ct);
            }
        }
        catch (SmtpEnded ended)
        {
            return SendResult.ForAll(mail, SendOutcome.NotSent, ended.Phase, ended.Reply, ended.Message);
        }
        finally
        {
            if (_session is not { IsUsable: true }) await LeaveAsync();
            _usedAt = time.GetTimestamp();
            _gate.Release();
        }
    }

    /// <summary>Says goodbye to the server.</summary>
    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        _gate.Dispose();
    }

    private async Task<SendResult> SendOverAsync(OutgoingMail mail, CancellationToken ct)
    {
        _session ??= await new SmtpOpening(settings).OpenAsync(ct);
        return Unable(mail, _session.Able) is { } reason
            ? SendResult.ForAll(mail, SendOutcome.Refused, SendPhase.Before, null, reason)
            : await _session.SendAsync(mail, ct);
    }

    // What the server said it does not take is not sent to be refused, or worse, to be mangled.
    private static string? Unable(OutgoingMail mail, SmtpCapabilities able)
    {
        if (able.MostBytes is { } most && mail.Content.Length > most) return $"The mail has {mail.Content.Length} bytes; the server takes {most} at most.";
        if (mail.NeedsUtf8 && !able.Utf8) return "An address is not ASCII, and the server takes none of those (no SMTPUTF8).";
        return mail.HasEightBit && !able.EightBit && !mail.NeedsUtf8 ? "The mail is not ASCII, and the server takes none of those (no 8BITMIME)." : null;
    }

    private Task LeaveStaleAsync() =>
        _session is { } session && (session.Mails >= settings.MostMailsPerConnection || time.GetElapsedTime(_usedAt) > settings.Times.Idle)
            ? LeaveAsync()
            : Task.CompletedTask;

    private async Task LeaveAsync()
    {
        if (_session is not { } session) return;
        _session = null;
        await session.DisposeAsync();
    }
}
