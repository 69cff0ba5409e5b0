using System.Buffers;

namespace Crm.Mail.Encodings;

/// <summary>Quoted-printable for text whose lines end with CRLF (RFC 2045 §6.7).</summary>
internal static class QuotedPrintable
{
    private const int MostColumns = 75;
    private const int Chunk = 1024;

    public static void Encode(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        var column = 0;
        for (var from = 0; from < text.Length;)
        {
            var span = output.GetSpan(7 * Chunk);
            var length = 0;
            var to = Math.Min(from + Chunk, text.Length);
            while (from < to)
            {
                if (IsBreak(text, from))
                {
                    length += Put(span[length..], "\r\n"u8);
                    column = 0;
                    from += 2;
                    continue;
                }

                var width = IsLiteral(text, from, column) ? 1 : 3;
                if (column + width > MostColumns)
                {
                    length += Put(span[length..], "=\r\n"u8);
                    column = 0;
                    width = IsLiteral(text, from, column) ? 1 : 3;
                }

                length += Put(span[length..], text[from++], width);
                column += width;
            }

            output.Advance(length);
        }
    }

    /// <summary>What encoding would cost, near enough to choose between this and base64.</summary>
    public static int Expense(ReadOnlySpan<byte> text)
    {
        var expense = text.Length;
        foreach (var sign in text)
        {
            if (sign is (byte)'=' or > 126) expense += 2;
        }

        return expense;
    }

    public static byte[] Decode(ReadOnlySpan<byte> text)
    {
        var output = new byte[text.Length];
        var length = 0;
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)'\n');
            var line = end < 0 ? text : text[..end];
            text = end < 0 ? [] : text[(end + 1)..];
            // White space at the end of a line was put there on the way.
            var trimmed = line.TrimEnd(" \t\r"u8);
            var soft = trimmed is [.., (byte)'='];
            length += DecodeLine(soft ? trimmed[..^1] : trimmed, output.AsSpan(length));
            if (soft || end < 0) continue;
            // Only as long as it was: a bare LF stays one, so that the output never outgrows the input.
            if (line is [.., (byte)'\r']) output[length++] = (byte)'\r';
            output[length++] = (byte)'\n';
        }

        return output.AsSpan(0, length).ToArray();
    }

    /// <summary>Undoes =XX; an equals sign without two hexadecimal digits stays as it is.</summary>
    public static int DecodeLine(ReadOnlySpan<byte> line, Span<byte> output)
    {
        var length = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '=' && i + 2 < line.Length && Hex(line[i + 1]) is >= 0 and var high && Hex(line[i + 2]) is >= 0 and var low)
            {
                output[length++] = (byte)(high << 4 | low);
                i += 2;
            }
            else
            {
                output[length++] = line[i];
            }
        }

        return length;
    }

    public static int Hex(int sign) => sign switch
    {
        >= '0' and <= '9' => sign - '0',
        >= 'A' and <= 'F' => sign - 'A' + 10,
        >= 'a' and <= 'f' => sign - 'a' + 10,
        _ => -1,
    };

    private static bool IsBreak(ReadOnlySpan<byte> text, int at) => text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n';

    private static bool IsLiteral(ReadOnlySpan<byte> text, int at, int column)
    {
        var sign = text[at];
        if (sign is (byte)' ' or (byte)'\t') return at + 1 < text.Length && !IsBreak(text, at + 1);
        if (sign is < 33 or > 126 or (byte)'=') return false;
        // Old programs change lines that begin so.
        return column > 0 || sign != '.' && !text[at..].StartsWith("From "u8);
    }

    private static int Put(Span<byte> output, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output);
        return bytes.Length;
    }

    private static int Put(Span<byte> output, byte sign, int width)
    {
        if (width == 1)
        {
            output[0] = sign;
            return 1;
        }

        output[0] = (byte)'=';
        output[1] = (byte)"0123456789ABCDEF"[sign >> 4];
        output[2] = (byte)"0123456789ABCDEF"[sign & 15];
        return 3;
    }
}
