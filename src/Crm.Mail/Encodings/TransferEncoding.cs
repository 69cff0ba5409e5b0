namespace Crm.Mail.Encodings;

/// <summary>How a part's bytes travel (RFC 2045 §6).</summary>
internal static class TransferEncoding
{
    public static bool IsIdentity(string? name) => Name(name) is "" or "7bit" or "8bit" or "binary";

    /// <summary>An encoding that nobody knows is read as it stands.</summary>
    public static ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> encoded, string? name) => Name(name) switch
    {
        "base64" => Base64Text.Decode(encoded.Span),
        "quoted-printable" => QuotedPrintable.Decode(encoded.Span),
        "x-uuencode" or "uuencode" or "x-uue" => UuText.Decode(encoded.Span),
        _ => encoded,
    };

    private static string Name(string? name)
    {
        var word = (name ?? "").AsSpan().Trim();
        var end = word.IndexOfAny(" ;\t(");
        return (end < 0 ? word : word[..end]).ToString().ToLowerInvariant();
    }
}
