using System.Buffers;
using System.Text;

namespace Crm.Calendar.Text;

/// <summary>
/// Unfolds a calendar's lines (RFC 5545 §3.1). Folds are undone in bytes, since old programs fold in the middle of a character; line ends are CRLF, LF or CR; empty lines are no lines.
/// </summary>
internal static class LogicalLines
{
    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static IEnumerable<(int Number, string Text)> Read(ReadOnlyMemory<byte> bytes, CalendarReading reading)
    {
        var line = new ArrayBufferWriter<byte>(256);
        var (number, begun) = (0, 0);
        for (var rest = Plain(bytes); rest.Length > 0;)
        {
            var end = rest.Span.IndexOfAny((byte)'\r', (byte)'\n');
            var physical = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + (IsCrLf(rest.Span, end) ? 2 : 1))..];
            number++;
            if (physical.Length == 0) continue;
            var folded = physical.Span[0] is (byte)' ' or (byte)'\t';
            if (!folded && line.WrittenCount > 0) yield return (begun, Text(line, begun));
            if (!folded) begun = number;
            if (folded && begun == 0) throw new CalendarFormatException("A calendar does not begin with a space.", number);
            if (line.WrittenCount + physical.Length > reading.MostLineBytes) throw new CalendarFormatException($"A property has more than {reading.MostLineBytes} bytes.", begun);
            line.Write(folded ? physical.Span[1..] : physical.Span);
        }

        if (line.WrittenCount > 0) yield return (begun, Text(line, begun));
    }

    private static bool IsCrLf(ReadOnlySpan<byte> bytes, int at) => bytes[at] == '\r' && at + 1 < bytes.Length && bytes[at + 1] == '\n';

    private static string Text(ArrayBufferWriter<byte> line, int number)
    {
        try
        {
            var text = _utf8.GetString(line.WrittenSpan);
            line.ResetWrittenCount();
            return text;
        }
        catch (DecoderFallbackException)
        {
            throw new CalendarFormatException("The text is not UTF-8.", number);
        }
    }

    // The mark at the front says which Unicode it is; without one it has to be UTF-8.
    private static ReadOnlyMemory<byte> Plain(ReadOnlyMemory<byte> bytes) => bytes.Span switch
    {
        [0xEF, 0xBB, 0xBF, ..] => bytes[3..],
        [0xFF, 0xFE, ..] => Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(bytes.Span[2..])),
        [0xFE, 0xFF, ..] => Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(bytes.Span[2..])),
        _ => bytes,
    };
}
