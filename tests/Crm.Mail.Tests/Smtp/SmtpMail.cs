using Crm.Mail.Addresses;
using Crm.Mail.Mime;
using Crm.Mail.Sending;
using Crm.Mail.Smtp;
using Crm.Mail.Testing;

namespace Crm.Mail.Tests.Smtp;

/// <summary>Mails to send, and ways to a sink that lose patience soon.</summary>
internal static class SmtpMail
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    public static SmtpTimes Impatient { get; } = new() { Greeting = Soon, Tls = Soon, Command = Soon, Block = Soon, Answer = Soon, AnswerWhenEnded = Soon };

    public static SmtpSettings To(MailSink sink) => new() { Host = "localhost", Port = sink.Port, Security = SmtpSecurity.Plain };

    public static SmtpTransport Transport(MailSink sink) => new(To(sink), TimeProvider.System);

    public static OutgoingMail Mail(string text = "Hello", params string[] to)
    {
        var mail = new MimeMessage
        {
            From = [new Mailbox("Anna", "anna@example.org")],
            To = new AddressList((to.Length == 0 ? ["b@example.org"] : to).Select(address => new Mailbox(address))),
            Subject = "Hello",
            Date = DateTimeOffset.UnixEpoch,
            MessageId = MessageIdOf(text),
            Body = MimePart.PlainText(text),
        };
        return OutgoingMail.Of(mail);
    }

    public static Task<SendResult> SendAsync(SmtpSettings settings, OutgoingMail? mail = null) => SendAsync(new SmtpTransport(settings, TimeProvider.System), mail);

    public static async Task<SendResult> SendAsync(SmtpTransport transport, OutgoingMail? mail = null)
    {
        await using (transport) return await transport.SendAsync(mail ?? Mail(), CancellationToken.None);
    }

    private static string MessageIdOf(string text) => $"{(uint)text.GetHashCode(StringComparison.Ordinal)}@example.org";
}
