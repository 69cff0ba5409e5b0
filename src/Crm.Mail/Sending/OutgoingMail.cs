using Crm.Mail.Addresses;
using Crm.Mail.Mime;

namespace Crm.Mail.Sending;

/// <summary>A mail in its envelope (RFC 5321 §2.3.1), ready to go: the same bytes at every attempt.</summary>
public sealed record OutgoingMail
{
    /// <summary>A mail from bytes that were written before.</summary>
    /// <param name="sender">Where failures are reported to; null for none (<c>&lt;&gt;</c>), as automatic answers need it.</param>
    /// <param name="recipients">Who gets it, whatever its header says.</param>
    /// <param name="content">The whole mail, as <see cref="MimeMessage.ToBytes"/> gives it.</param>
    /// <exception cref="MailFormatException">There is no recipient.</exception>
    public OutgoingMail(Mailbox? sender, IEnumerable<Mailbox> recipients, ReadOnlyMemory<byte> content)
    {
        Sender = sender;
        Recipients = [.. recipients.DistinctBy(recipient => recipient.WireAddress, StringComparer.Ordinal)];
        Content = content;
        if (Recipients.Count == 0) throw new MailFormatException("A mail needs a recipient.");
        HasEightBit = !System.Text.Ascii.IsValid(content.Span);
        NeedsUtf8 = HasEightBit && !System.Text.Ascii.IsValid(Header(content.Span))
            || Recipients.Any(recipient => recipient.NeedsUtf8) || sender is { NeedsUtf8: true };
    }

    /// <summary>The envelope's sender, which need not be the header's From; null for none.</summary>
    public Mailbox? Sender { get; }

    /// <summary>Who gets it, each once.</summary>
    public IReadOnlyList<Mailbox> Recipients { get; }

    /// <summary>The whole mail.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>What the sender asks to be told.</summary>
    public DeliveryNotices Notices { get; init; }

    /// <summary>What reports are to call this mail, or null (RFC 3461 §4.4); 100 characters at most.</summary>
    public string? EnvelopeId { get; init; }

    /// <summary>Set where the mail holds bytes outside ASCII, which only servers with 8BITMIME take (RFC 6152).</summary>
    public bool HasEightBit { get; }

    /// <summary>Set where header or envelope hold text outside ASCII, which only servers with SMTPUTF8 take (RFC 6531).</summary>
    public bool NeedsUtf8 { get; }

    /// <summary>A mail to those whom its header names (To, Cc, Bcc), from its Sender or else its From.</summary>
    /// <param name="message">The mail; it has From, Date and Message-ID.</param>
    /// <exception cref="MailFormatException">Something that every mail has is missing (RFC 5322 §3.6), or there is no recipient.</exception>
    public static OutgoingMail Of(MimeMessage message) => Of(message, message.Sender ?? message.From.Mailboxes.FirstOrDefault());

    /// <summary>A mail to those whom its header names (To, Cc, Bcc).</summary>
    /// <param name="message">The mail; it has From, Date and Message-ID.</param>
    /// <param name="sender">Where failures are reported to; null for none.</param>
    /// <exception cref="MailFormatException">Something that every mail has is missing (RFC 5322 §3.6), or there is no recipient.</exception>
    public static OutgoingMail Of(MimeMessage message, Mailbox? sender)
    {
        if (!message.From.Mailboxes.Any()) throw new MailFormatException("A mail says who it is from.");
        if (message.Date is null) throw new MailFormatException("A mail has a date.");
        if (message.MessageId is null) throw new MailFormatException("A mail has a Message-ID: without one it cannot be told from its copies.");
        return new OutgoingMail(sender, [.. message.To.Mailboxes, .. message.Cc.Mailboxes, .. message.Bcc.Mailboxes], message.ToBytes());
    }

    private static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> content)
    {
        var end = content.IndexOf("\r\n\r\n"u8);
        return end < 0 ? content : content[..end];
    }
}
