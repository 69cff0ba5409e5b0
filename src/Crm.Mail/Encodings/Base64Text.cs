using System.Buffers;
using System.Buffers.Text;

namespace Crm.Mail.Encodings;

/// <summary>Base64 in lines of 76 (RFC 2045 §6.8). Decoding skips what is not base64, and goes on after padding in the middle.</summary>
internal static class Base64Text
{
    private const int BytesALine = 57;

    public static void Encode(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        while (!bytes.IsEmpty)
        {
            var line = bytes[..Math.Min(BytesALine, bytes.Length)];
            var span = output.GetSpan(80);
            Base64.EncodeToUtf8(line, span, out _, out var written);
            "\r\n"u8.CopyTo(span[written..]);
            output.Advance(written + 2);
            bytes = bytes[line.Length..];
        }
    }

    public static byte[] Decode(ReadOnlySpan<byte> text)
    {
        var output = new byte[text.Length / 4 * 3 + 3];
        int length = 0, bits = 0, held = 0;
        foreach (var sign in text)
        {
            if (sign == '=')
            {
                // The six-bit groups held are the end of a run: what is left in them is filler.
                bits = held = 0;
                continue;
            }

            if (Value(sign) is not (>= 0 and var value)) continue;
            held = (held << 6 | value) & 0xFFFFFF;
            bits += 6;
            if (bits < 8) continue;
            bits -= 8;
            output[length++] = (byte)(held >> bits);
        }

        return output.AsSpan(0, length).ToArray();
    }

    private static int Value(byte sign) => sign switch
    {
        >= (byte)'A' and <= (byte)'Z' => sign - 'A',
        >= (byte)'a' and <= (byte)'z' => sign - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => sign - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        _ => -1,
    };
}
