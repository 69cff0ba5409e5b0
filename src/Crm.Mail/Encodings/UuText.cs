namespace Crm.Mail.Encodings;

/// <summary>Reads uuencoded bodies (x-uuencode), which old programs still send. Never written.</summary>
internal static class UuText
{
    public static byte[] Decode(ReadOnlySpan<byte> text)
    {
        var output = new byte[text.Length];
        var length = 0;
        var inside = false;
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)'\n');
            var line = (end < 0 ? text : text[..end]).TrimEnd((byte)'\r');
            text = end < 0 ? [] : text[(end + 1)..];
            if (!inside) inside = line.StartsWith("begin "u8);
            else if (line.SequenceEqual("end"u8)) break;
            else if (line.Length > 1) length += DecodeLine(line, output.AsSpan(length));
        }

        return output.AsSpan(0, length).ToArray();
    }

    // The first sign says how many bytes the line holds; four signs hold three.
    private static int DecodeLine(ReadOnlySpan<byte> line, Span<byte> output)
    {
        var wanted = Math.Min((line[0] - 32) & 63, line.Length - 1);
        int length = 0, bits = 0, held = 0;
        foreach (var sign in line[1..])
        {
            if (length == wanted) break;
            held = (held << 6 | (sign - 32) & 63) & 0xFFFFFF;
            bits += 6;
            if (bits < 8) continue;
            bits -= 8;
            output[length++] = (byte)(held >> bits);
        }

        return length;
    }
}
