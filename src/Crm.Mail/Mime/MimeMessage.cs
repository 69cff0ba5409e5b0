using System.Buffers;
using Crm.Mail.Addresses;
using Crm.Mail.Headers;

namespace Crm.Mail.Mime;

/// <summary>A mail: its header (RFC 5322) and its parts (MIME, RFC 2045 to 2049), to be written or as it was read.</summary>
public sealed class MimeMessage
{
    private MimePart? _body;

    /// <summary>The mail's own fields: all that do not begin with Content-.</summary>
    public HeaderList Headers { get; } = new();

    /// <summary>The outermost part; <see cref="MailBody"/> puts one together. An empty text until it is set.</summary>
    public MimePart Body
    {
        get => _body ??= MimePart.PlainText("");
        set => _body = value;
    }

    /// <summary>What was wrong with a mail that was read; empty for one that was written here.</summary>
    public IReadOnlyList<MimeDefect> Defects { get; internal set; } = [];

    /// <summary>Who wrote it (From). Empty removes the field, here and below.</summary>
    public AddressList From
    {
        get => Addresses(HeaderNames.From);
        set => Headers.SetStructured(HeaderNames.From, value.ToHeader());
    }

    /// <summary>Who sent it, where that is somebody else than who wrote it (Sender).</summary>
    public Mailbox? Sender
    {
        get => Addresses(HeaderNames.Sender).Mailboxes.FirstOrDefault();
        set => Headers.SetStructured(HeaderNames.Sender, value?.ToHeader() ?? "");
    }

    /// <summary>Where answers go (Reply-To).</summary>
    public AddressList ReplyTo
    {
        get => Addresses(HeaderNames.ReplyTo);
        set => Headers.SetStructured(HeaderNames.ReplyTo, value.ToHeader());
    }

    /// <summary>Who gets it (To).</summary>
    public AddressList To
    {
        get => Addresses(HeaderNames.To);
        set => Headers.SetStructured(HeaderNames.To, value.ToHeader());
    }

    /// <summary>Who gets a copy (Cc).</summary>
    public AddressList Cc
    {
        get => Addresses(HeaderNames.Cc);
        set => Headers.SetStructured(HeaderNames.Cc, value.ToHeader());
    }

    /// <summary>Who gets a copy that the others don't know of (Bcc): for the envelope, and never written into the mail.</summary>
    public AddressList Bcc
    {
        get => Addresses(HeaderNames.Bcc);
        set => Headers.SetStructured(HeaderNames.Bcc, value.ToHeader());
    }

    /// <summary>What it is about; one line, whatever is set.</summary>
    public string Subject
    {
        get => Headers.Text(HeaderNames.Subject) ?? "";
        set => Headers.Set(HeaderNames.Subject, value);
    }

    /// <summary>When it was written, or null where the mail does not say so readably.</summary>
    public DateTimeOffset? Date
    {
        get => MailDate.Read(Headers.Find(HeaderNames.Date)?.Value);
        set => Headers.SetStructured(HeaderNames.Date, value is { } date ? MailDate.Write(date) : "");
    }

    /// <summary>What names this mail, without angle brackets; <see cref="MessageIds.New"/> makes one.</summary>
    /// <exception cref="MailFormatException">What is set is no identifier.</exception>
    public string? MessageId
    {
        get => MessageIds.Read(Headers.Find(HeaderNames.MessageId)?.Value).FirstOrDefault();
        set => Headers.SetStructured(HeaderNames.MessageId, value is null ? "" : MessageIds.Write([value]));
    }

    /// <summary>The mails that this one answers.</summary>
    /// <exception cref="MailFormatException">One that is set is no identifier.</exception>
    public IReadOnlyList<string> InReplyTo
    {
        get => MessageIds.Read(Headers.Find(HeaderNames.InReplyTo)?.Value);
        set => Headers.SetStructured(HeaderNames.InReplyTo, MessageIds.Write(value));
    }

    /// <summary>The thread that this one belongs to, the oldest first.</summary>
    /// <exception cref="MailFormatException">One that is set is no identifier.</exception>
    public IReadOnlyList<string> References
    {
        get => MessageIds.Read(Headers.Find(HeaderNames.References)?.Value);
        set => Headers.SetStructured(HeaderNames.References, MessageIds.Write(value));
    }

    /// <summary>The text to read, or null.</summary>
    public string? Text => MailView.Of(Body).Text?.Text;

    /// <summary>The text in HTML as the sender wrote it, scripts and all, or null.</summary>
    public string? Html => MailView.Of(Body).Html?.Text;

    /// <summary>The invitation for calendars, or null.</summary>
    public MimePart? Calendar => MailView.Of(Body).Calendar;

    /// <summary>All that is neither text nor HTML to read: files, pictures of the HTML (they have a <see cref="MimePart.ContentId"/>), forwarded mails.</summary>
    public IReadOnlyList<MimePart> Attachments => MailView.Of(Body).Others;

    /// <summary>Reads a mail. Nothing that stands in it makes this fail; what is broken is read as far as it goes.</summary>
    /// <param name="bytes">The mail as it came. It is kept, not copied.</param>
    /// <param name="limits">How much is read, or null for <see cref="MimeLimits.Default"/>.</param>
    /// <exception cref="MailFormatException">It is larger than the limits allow.</exception>
    public static MimeMessage Read(ReadOnlyMemory<byte> bytes, MimeLimits? limits = null)
    {
        var chosen = limits ?? MimeLimits.Default;
        if (bytes.Length > chosen.MostBytes) throw new MailFormatException($"The mail is larger than {chosen.MostBytes} bytes.");
        return new MimeReader(bytes, chosen).ReadMessage();
    }

    /// <summary>Reads a mail from a stream, no further than the limits allow.</summary>
    /// <param name="stream">The mail as it comes.</param>
    /// <param name="limits">How much is read, or null for <see cref="MimeLimits.Default"/>.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <exception cref="MailFormatException">It is larger than the limits allow.</exception>
    public static async Task<MimeMessage> ReadAsync(Stream stream, MimeLimits? limits = null, CancellationToken ct = default)
    {
        var most = (limits ?? MimeLimits.Default).MostBytes;
        var bytes = new ArrayBufferWriter<byte>();
        while (await stream.ReadAsync(bytes.GetMemory(64 * 1024), ct) is > 0 and var count)
        {
            bytes.Advance(count);
            if (bytes.WrittenCount > most) throw new MailFormatException($"The mail is larger than {most} bytes.");
        }

        return Read(bytes.WrittenMemory, limits);
    }

    /// <summary>The mail as bytes, without Bcc. Every line ends with CRLF and has 998 bytes at most.</summary>
    /// <param name="eightBit">Leaves text outside ASCII as it is, for servers with 8BITMIME (RFC 6152); otherwise it is encoded.</param>
    public byte[] ToBytes(bool eightBit = false)
    {
        var output = new ArrayBufferWriter<byte>(4096);
        new MimeWriter(output, eightBit).Write(this);
        return output.WrittenSpan.ToArray();
    }

    // A field that should stand once and stands twice counts once: the first is what others show.
    private AddressList Addresses(string name) => Headers.Find(name) is { } field ? AddressList.Parse(field.Value) : AddressList.Empty;
}
