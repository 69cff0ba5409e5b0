using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Crm.Mail.Headers;

namespace Crm.Mail.Mime;

/// <summary>Writes a mail as bytes: CRLF everywhere, no line over 998, nothing but ASCII unless 8-bit bodies were asked for or an address needs more.</summary>
internal sealed class MimeWriter(IBufferWriter<byte> output, bool eightBit)
{
    public void Write(MimeMessage message)
    {
        message.Headers.Write(output, field => !HeaderNames.IsOfContent(field.Name) && !HeaderNames.IsBlind(field.Name) && !field.Is(HeaderNames.MimeVersion));
        HeaderField.Structured(HeaderNames.MimeVersion, "1.0").Write(output);
        Write(message.Body);
    }

    private void Write(MimePart part)
    {
        if (part.Type.IsMultipart && part.Parts.Count > 0) WriteMultipart(part);
        else if (part.Message is { } message) WriteForwarded(part, message);
        else WriteLeaf(part);
    }

    private void WriteMultipart(MimePart part)
    {
        // Nobody who writes a text can guess it, so no text holds it.
        var boundary = "=_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var parameters = part.Type.Parameters.Where(parameter => !parameter.Key.Equals("boundary", StringComparison.OrdinalIgnoreCase));
        WriteHeaders(part, new MediaType(part.Type.Name, [.. parameters, new("boundary", boundary)]), null);
        foreach (var child in part.Parts)
        {
            Put($"--{boundary}\r\n");
            Write(child);
            Put("\r\n");
        }

        Put($"--{boundary}--\r\n");
    }

    private void WriteForwarded(MimePart part, MimeMessage message)
    {
        // No encoding may hide a mail in a mail (RFC 2046 §5.2.1), so what it says of itself must hold here too.
        WriteHeaders(part, part.Type, eightBit ? "8bit" : "7bit");
        Write(message);
    }

    private void WriteLeaf(MimePart part)
    {
        var content = part.Content.Span;
        // A multipart that came without parts has bytes, and is sent on as such.
        var type = part.Type.IsMultipart || part.Type.Name.StartsWith("message/", StringComparison.Ordinal) && !part.Type.Name.EndsWith("-status", StringComparison.Ordinal)
            ? new MediaType("application/octet-stream")
            : part.Type;
        var encoding = PartEncoding.Choose(content, type.IsText || type.Name.StartsWith("message/", StringComparison.Ordinal), eightBit);
        WriteHeaders(part, type, encoding);
        PartEncoding.Write(content, encoding, output);
    }

    private void WriteHeaders(MimePart part, MediaType type, string? encoding)
    {
        HeaderField.Structured(HeaderNames.ContentType, type.ToHeader()).Write(output);
        if (encoding is not null) HeaderField.Structured(HeaderNames.ContentTransferEncoding, encoding).Write(output);
        part.Headers.Write(output, field =>
            HeaderNames.IsOfContent(field.Name) && !field.Is(HeaderNames.ContentType) && !field.Is(HeaderNames.ContentTransferEncoding));
        Put("\r\n");
    }

    private void Put(string text) => Encoding.ASCII.GetBytes(text, output);
}
