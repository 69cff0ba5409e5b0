using System.Globalization;
using System.Text;
using Crm.Mail.Addresses;
using Crm.Mail.Sending;

namespace Crm.Mail.Smtp;

/// <summary>One mail's sender and recipients as commands, and what the server said to each.</summary>
internal sealed class SmtpEnvelope(OutgoingMail mail, SmtpCapabilities able)
{
    private readonly List<SmtpReply> _replies = [];

    public SendPhase Phase { get; set; } = SendPhase.Envelope;

    public SmtpReply? SenderReply { get; private set; }

    public SmtpReply? LastReply => _replies.Count > 0 ? _replies[^1] : SenderReply;

    public bool IsRefused => SenderReply is { IsDone: false };

    public bool HasAccepted => SenderReply is { IsDone: true } && _replies.Any(reply => reply.IsDone);

    public IEnumerable<string> Commands => [MailFrom(), .. mail.Recipients.Select(RcptTo)];

    public void Heard(SmtpReply reply)
    {
        if (SenderReply is null) SenderReply = reply;
        else _replies.Add(reply);
    }

    /// <summary>No recipient, or no mail, was taken.</summary>
    public SendResult RefusedBy(SmtpReply data)
    {
        var decided = IsRefused ? SenderReply! : !HasAccepted && _replies.Count == mail.Recipients.Count ? Milder() : data;
        return Result(decided, IsRefused || data.IsDone ? decided : data, Phase);
    }

    /// <summary>The server's word on the whole mail.</summary>
    public SendResult AnsweredBy(SmtpReply reply) => Result(reply, reply, SendPhase.Answer);

    public SendResult Unheard(string detail) => new(SendOutcome.Unknown, SendPhase.Answer, null, detail, [.. mail.Recipients.Select((recipient, index) =>
        _replies[index].IsDone ? new RecipientResult(recipient, SendOutcome.Unknown, null) : Of(recipient, _replies[index]))]);

    // Where one recipient may pass later, so may the mail.
    private SmtpReply Milder() => _replies.FirstOrDefault(reply => reply.IsForNow) ?? _replies[0];

    private SendResult Result(SmtpReply decided, SmtpReply forAccepted, SendPhase phase)
    {
        var each = mail.Recipients.Select((recipient, index) =>
            !IsRefused && index < _replies.Count && !_replies[index].IsDone ? Of(recipient, _replies[index]) : Of(recipient, forAccepted));
        return new SendResult(Outcome(decided), phase, decided, decided.ToString(), [.. each]);
    }

    private static RecipientResult Of(Mailbox recipient, SmtpReply reply) => new(recipient, Outcome(reply), reply);

    private static SendOutcome Outcome(SmtpReply reply) => reply.IsDone ? SendOutcome.Accepted : reply.IsForNow ? SendOutcome.Deferred : SendOutcome.Refused;

    private string MailFrom()
    {
        var command = new StringBuilder($"MAIL FROM:<{mail.Sender?.WireAddress}>");
        if (able.Size) command.Append(CultureInfo.InvariantCulture, $" SIZE={mail.Content.Length}");
        if (mail.HasEightBit && able.EightBit) command.Append(" BODY=8BITMIME");
        if (mail.NeedsUtf8) command.Append(" SMTPUTF8");
        if (able.Notices && mail.Notices != DeliveryNotices.Unasked) command.Append(" RET=HDRS");
        if (able.Notices && mail.EnvelopeId is { Length: > 0 and <= 100 } id) command.Append(" ENVID=").Append(XText(id));
        return command.ToString();
    }

    private string RcptTo(Mailbox recipient) =>
        $"RCPT TO:<{recipient.WireAddress}>" + (able.Notices && mail.Notices != DeliveryNotices.Unasked ? $" NOTIFY={Notices()}" : "");

    private string Notices() => mail.Notices.HasFlag(DeliveryNotices.Never)
        ? "NEVER"
        : string.Join(',', new[] { DeliveryNotices.Success, DeliveryNotices.Failure, DeliveryNotices.Delay }
            .Where(notice => mail.Notices.HasFlag(notice)).Select(notice => notice.ToString().ToUpperInvariant()));

    // RFC 3461 §4: printable ASCII but plus and equals; the rest as +XX.
    private static string XText(string text)
    {
        var output = new StringBuilder();
        foreach (var sign in Encoding.UTF8.GetBytes(text))
        {
            if (sign is > 32 and < 127 and not (byte)'+' and not (byte)'=') output.Append((char)sign);
            else output.Append('+').Append(sign.ToString("X2", CultureInfo.InvariantCulture));
        }

        return output.ToString();
    }
}
