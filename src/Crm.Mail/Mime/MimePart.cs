using System.Text;
using Crm.Mail.Encodings;
using Crm.Mail.Headers;

namespace Crm.Mail.Mime;

/// <summary>One part of a mail (RFC 2045, 2046): content, or parts, or a forwarded mail.</summary>
public sealed class MimePart
{
    private readonly ReadOnlyMemory<byte> _encoded;
    private ReadOnlyMemory<byte>? _content;
    private MediaType? _type;

    internal MimePart(MediaType type, ReadOnlyMemory<byte> content)
    {
        _type = type;
        _content = content;
        Headers.SetStructured(HeaderNames.ContentType, type.ToHeader());
    }

    internal MimePart(MediaType type, IReadOnlyList<MimePart> parts)
        : this(type, ReadOnlyMemory<byte>.Empty) => Parts = parts;

    internal MimePart(MimeMessage message)
        : this(new MediaType("message/rfc822"), ReadOnlyMemory<byte>.Empty) => Message = message;

    // As it was read: the content is decoded when somebody asks.
    internal MimePart(HeaderList headers, MediaType type, ReadOnlyMemory<byte> encoded)
    {
        Headers = headers;
        _type = type;
        _encoded = encoded;
    }

    /// <summary>The part's own fields; of a mail's outermost part those that begin with Content-.</summary>
    public HeaderList Headers { get; } = new();

    /// <summary>What it is.</summary>
    public MediaType Type => _type ??= MediaType.Read(Headers.Find(HeaderNames.ContentType)?.Value, "text/plain");

    /// <summary>The parts of a multipart; empty for any other.</summary>
    public IReadOnlyList<MimePart> Parts { get; internal init; } = [];

    /// <summary>The forwarded mail of a <c>message/rfc822</c>, or null.</summary>
    public MimeMessage? Message { get; internal init; }

    /// <summary>The content with its transfer encoding undone; empty where there are parts or a mail instead.</summary>
    public ReadOnlyMemory<byte> Content =>
        _content ??= TransferEncoding.Decode(_encoded, Headers.Find(HeaderNames.ContentTransferEncoding)?.Value);

    /// <summary>The content as text, in the charset that the part names or, where that cannot be, the one it looks like.</summary>
    public string Text => Charsets.Decode(Content.Span, Type.Charset);

    /// <summary>The file's name as the sender gave it, or null. Never a path: see <see cref="SafeFileName"/> before it touches a disk.</summary>
    public string? FileName => Disposition.Named.GetValueOrDefault("filename") ?? Type["name"];

    /// <summary>The file's name without folders, device names' colons and other signs that a file system minds; null if nothing is left.</summary>
    public string? SafeFileName => FileNames.Safe(FileName);

    /// <summary>Set where the sender wants it beside the text, not in it (RFC 2183).</summary>
    public bool IsAttachment => Disposition.Value.Equals("attachment", StringComparison.OrdinalIgnoreCase);

    /// <summary>What HTML calls it by <c>cid:</c> (RFC 2392), or null.</summary>
    public string? ContentId => MessageIds.Read(Headers.Find(HeaderNames.ContentId)?.Value).FirstOrDefault();

    private (string Value, Dictionary<string, string> Named) Disposition =>
        Parameters.Read(Headers.Find(HeaderNames.ContentDisposition)?.Value ?? "");

    /// <summary>Text for people; line ends become CRLF.</summary>
    /// <param name="text">The text, in any script.</param>
    public static MimePart PlainText(string text) => OfText("text/plain", text);

    /// <summary>A text in HTML.</summary>
    /// <param name="html">The document.</param>
    public static MimePart Html(string html) => OfText("text/html", html);

    /// <summary>An invitation, change or answer for calendars (RFC 6047, RFC 5546).</summary>
    /// <param name="calendar">The iCalendar object.</param>
    /// <param name="method">Its METHOD, such as REQUEST, CANCEL or REPLY.</param>
    /// <exception cref="MailFormatException">The method is no word.</exception>
    public static MimePart Calendar(string calendar, string method)
    {
        if (!Parameters.IsToken(method)) throw new MailFormatException("A calendar's method is one word.");
        return OfText("text/calendar", calendar, new KeyValuePair<string, string>("method", method.ToUpperInvariant()));
    }

    /// <summary>A file beside the text.</summary>
    /// <param name="fileName">Its name, in any script.</param>
    /// <param name="type">Its media type; what is none becomes <c>application/octet-stream</c>.</param>
    /// <param name="content">Its bytes.</param>
    public static MimePart Attachment(string fileName, string type, ReadOnlyMemory<byte> content) => OfFile("attachment", fileName, type, content);

    /// <summary>A picture or the like that HTML shows by <c>cid:</c>.</summary>
    /// <param name="contentId">What HTML calls it, without angle brackets (RFC 2392).</param>
    /// <param name="fileName">Its name, in any script.</param>
    /// <param name="type">Its media type; what is none becomes <c>application/octet-stream</c>.</param>
    /// <param name="content">Its bytes.</param>
    /// <exception cref="MailFormatException">The Content-ID is none.</exception>
    public static MimePart Inline(string contentId, string fileName, string type, ReadOnlyMemory<byte> content)
    {
        var part = OfFile("inline", fileName, type, content);
        part.Headers.SetStructured(HeaderNames.ContentId, MessageIds.Write([contentId]));
        return part;
    }

    /// <summary>Another mail inside this one.</summary>
    /// <param name="message">The mail.</param>
    public static MimePart Forwarded(MimeMessage message) => new(message);

    /// <summary>Several parts as one (RFC 2046 §5.1).</summary>
    /// <param name="subtype">How they belong together: mixed, alternative (the best last), related (the main one first), report.</param>
    /// <param name="parts">The parts.</param>
    public static MimePart Multipart(string subtype, params IReadOnlyList<MimePart> parts) => new(new MediaType($"multipart/{subtype}"), parts);

    private static MimePart OfText(string type, string text, params KeyValuePair<string, string>[] more) =>
        new(new MediaType(type, [new("charset", "utf-8"), .. more]), Encoding.UTF8.GetBytes(LineEnds.ToCrLf(text)));

    private static MimePart OfFile(string disposition, string fileName, string type, ReadOnlyMemory<byte> content)
    {
        // A file of these types would have to be a tree, which bytes are not.
        var usable = MediaType.IsName(type) && !type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) && !type.StartsWith("message/", StringComparison.OrdinalIgnoreCase);
        var part = new MimePart(new MediaType(usable ? type : "application/octet-stream"), content);
        var value = new StringBuilder(disposition);
        if (HeaderText.Clean(fileName) is { Length: > 0 } name) Parameters.Write(value, "filename", name);
        part.Headers.SetStructured(HeaderNames.ContentDisposition, value.ToString());
        return part;
    }
}
