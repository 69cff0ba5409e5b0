namespace Crm.Mail.Headers;

/// <summary>The names of the fields that this library treats by their meaning.</summary>
internal static class HeaderNames
{
    public const string Bcc = "Bcc";
    public const string Cc = "Cc";
    public const string ContentDisposition = "Content-Disposition";
    public const string ContentId = "Content-ID";
    public const string ContentTransferEncoding = "Content-Transfer-Encoding";
    public const string ContentType = "Content-Type";
    public const string Date = "Date";
    public const string From = "From";
    public const string InReplyTo = "In-Reply-To";
    public const string MessageId = "Message-ID";
    public const string MimeVersion = "MIME-Version";
    public const string References = "References";
    public const string ReplyTo = "Reply-To";
    public const string Sender = "Sender";
    public const string Subject = "Subject";
    public const string To = "To";

    private static readonly HashSet<string> _addresses = new(StringComparer.OrdinalIgnoreCase)
    {
        From, Sender, ReplyTo, To, Cc, Bcc, "Resent-From", "Resent-Sender", "Resent-To", "Resent-Cc", "Resent-Bcc",
        "Disposition-Notification-To", "Return-Path", "Delivered-To",
    };

    public static bool IsOfAddresses(string name) => _addresses.Contains(name);

    /// <summary>Fields that say how a body is made, and so belong to the part.</summary>
    public static bool IsOfContent(string name) => name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase);

    /// <summary>Blind recipients are for the envelope: a mail that names them betrays them.</summary>
    public static bool IsBlind(string name) => name.EndsWith(Bcc, StringComparison.OrdinalIgnoreCase) && name.Length is 3 or 10;
}
