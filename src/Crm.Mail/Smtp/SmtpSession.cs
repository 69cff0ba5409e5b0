using System.Buffers;
using Crm.Mail.Sending;
using Crm.Mail.Wire;

namespace Crm.Mail.Smtp;

/// <summary>An open connection that takes one mail after another (RFC 5321 §3.3).</summary>
internal sealed class SmtpSession(SmtpLine line, SmtpCapabilities able, SmtpTimes times) : IAsyncDisposable
{
    // As many commands go out before the first reply is read: more could fill the buffers of both sides (RFC 2920 §3.1).
    private const int Together = 100;
    private const int Block = 64 * 1024;

    private bool _unfinished;

    /// <summary>Mails that were tried over it.</summary>
    public int Mails { get; private set; }

    /// <summary>Not set once the conversation is in doubt.</summary>
    public bool IsUsable { get; private set; } = true;

    public SmtpCapabilities Able => able;

    /// <exception cref="SmtpEnded">The connection ended and the mail was surely not sent.</exception>
    public async Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        Mails++;
        var envelope = new SmtpEnvelope(mail, able);
        // Whatever goes wrong from here on leaves replies unheard; each good end says otherwise.
        IsUsable = false;
        try
        {
            var data = await ExchangeAsync(envelope, ct);
            if (data.Code < 400 && data.Code != 354) throw new WireException($"The server answered DATA with {data}");
            if (data.Code != 354) return Refused(envelope, data);
            if (!envelope.HasAccepted) return await EmptyAsync(envelope, ct);
            return await ContentAsync(mail, envelope, ct);
        }
        catch (WireException fault)
        {
            // "421 closing" before the end says more than the end.
            var last = envelope.LastReply is { IsDone: false } said ? said : null;
            throw new SmtpEnded(envelope.Phase, last?.ToString() ?? fault.Message, last, fault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (IsUsable)
        {
            try
            {
                // The answer is of no use to anybody.
                await line.TellAsync(["QUIT"], TimeSpan.FromSeconds(1), CancellationToken.None);
            }
            catch (WireException)
            {
                // It is gone already.
            }
        }

        await line.DisposeAsync();
    }

    // Sender, recipients and DATA; the reply to the last of them that was asked.
    private async Task<SmtpReply> ExchangeAsync(SmtpEnvelope envelope, CancellationToken ct)
    {
        List<string> commands = [.. envelope.Commands];
        var together = able.Pipelining ? Together : 1;
        if (_unfinished) commands.Insert(0, "RSET");
        var early = able.Pipelining && commands.Count < Together;
        if (early) commands.Add("DATA");
        foreach (var group in commands.Chunk(together))
        {
            await line.TellAsync(group, times.Command, ct);
            foreach (var command in group)
            {
                var (reply, _) = await line.HearAsync(times.Command, ct);
                if (command == "RSET") Reset(reply);
                else if (command == "DATA") return reply;
                else envelope.Heard(reply);
            }

            if (envelope.IsRefused) return envelope.SenderReply!;
        }

        _unfinished = true;
        return envelope.HasAccepted ? await line.AskAsync("DATA", times.Command, ct) : envelope.LastReply!;
    }

    private void Reset(SmtpReply reply)
    {
        if (!reply.IsDone) throw new WireException($"The server does not forget the mail before: {reply}");
        _unfinished = false;
    }

    private SendResult Refused(SmtpEnvelope envelope, SmtpReply data)
    {
        // 421 says that the server ends the connection (RFC 5321 §3.8).
        IsUsable = data.Code != 421 && envelope.LastReply?.Code != 421;
        _unfinished = true;
        return envelope.RefusedBy(data);
    }

    // A server may wait for a mail although it took no recipient; it gets an empty one (RFC 2920 §3.1).
    private async Task<SendResult> EmptyAsync(SmtpEnvelope envelope, CancellationToken ct)
    {
        var reply = await line.AskAsync(".", times.Answer, ct);
        return Refused(envelope, reply);
    }

    private async Task<SendResult> ContentAsync(OutgoingMail mail, SmtpEnvelope envelope, CancellationToken ct)
    {
        envelope.Phase = SendPhase.Content;
        var stuffed = new DotStuffing(mail.Content);
        var block = new ArrayBufferWriter<byte>(Block + 1024);
        stuffed.Write(block, Block);
        while (!stuffed.IsAtEnd)
        {
            await line.Wire.WriteAsync(block.WrittenMemory, times.Block, ct);
            block.ResetWrittenCount();
            stuffed.Write(block, Block);
        }

        block.Write(stuffed.FinalDot);
        ct.ThrowIfCancellationRequested();
        // From the moment that the final dot is handed over, nobody here knows until the answer comes.
        return await AnswerAsync(block.WrittenMemory, envelope, ct);
    }

    private async Task<SendResult> AnswerAsync(ReadOnlyMemory<byte> lastBlock, SmtpEnvelope envelope, CancellationToken ct)
    {
        envelope.Phase = SendPhase.Answer;
        using var ended = new CancellationTokenSource();
        await using var grace = ct.Register(() => ended.CancelAfter(times.AnswerWhenEnded));
        try
        {
            await line.Wire.WriteAsync(lastBlock, times.Block, ended.Token);
            var (reply, _) = await line.HearAsync(times.Answer, ended.Token);
            if (reply.Code < 400 && !reply.IsDone) throw new WireException($"The server answered the mail with {reply}");
            IsUsable = reply.Code != 421;
            _unfinished = false;
            return envelope.AnsweredBy(reply);
        }
        catch (Exception fault) when (fault is WireException or OperationCanceledException)
        {
            return envelope.Unheard(fault is WireException ? fault.Message : "The attempt was ended before the server answered.");
        }
    }
}
