using System.Buffers;

namespace Crm.Mail.Smtp;

/// <summary>
/// The mail as DATA carries it (RFC 5321 §4.5.2): a dot at the start of a line is doubled, and every CR or LF that stands
/// alone becomes CRLF, so that no server can take something inside the mail for its end and the rest for another mail.
/// </summary>
internal sealed class DotStuffing(ReadOnlyMemory<byte> content)
{
    private int _at;
    private bool _atLineStart = true;

    public bool IsAtEnd => _at >= content.Length;

    /// <summary>Writes the next lines, at least as many bytes as asked for unless the mail ends; after the last the final dot is still to come.</summary>
    public void Write(IBufferWriter<byte> output, int bytes)
    {
        var rest = content.Span[_at..];
        var written = 0;
        while (!rest.IsEmpty && written < bytes)
        {
            if (_atLineStart && rest[0] == '.') output.Write("."u8);
            // No further than the block: a line without an end would be searched again and again.
            var window = rest[..Math.Min(rest.Length, bytes)];
            var end = window.IndexOfAny((byte)'\r', (byte)'\n');
            var take = end < 0 ? window.Length : end;
            output.Write(rest[..take]);
            written += take + 2;
            _atLineStart = end >= 0;
            if (_atLineStart)
            {
                output.Write("\r\n"u8);
                take += rest[end] == '\r' && end + 1 < rest.Length && rest[end + 1] == '\n' ? 2 : 1;
            }

            rest = rest[take..];
            _at += take;
        }
    }

    public ReadOnlySpan<byte> FinalDot => _atLineStart ? ".\r\n"u8 : "\r\n.\r\n"u8;
}
