using System.Globalization;
using System.Text;
using Crm.Mail.Encodings;

namespace Crm.Mail.Headers;

/// <summary>The parameters behind a value, such as charset and filename (RFC 2045 §5.1), with their extension to every script and length (RFC 2231).</summary>
internal static class Parameters
{
    private const int MostSegments = 1000;
    private const int Piece = 60;

    /// <summary>The value before the first semicolon, and the parameters behind it; the first of a name counts.</summary>
    public static (string Value, Dictionary<string, string> Named) Read(string text)
    {
        var scanner = new ParameterScanner(Comments.Remove(text));
        var value = scanner.Value();
        var named = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var split = new Dictionary<string, SortedDictionary<int, (string Text, bool Encoded)>>(StringComparer.OrdinalIgnoreCase);
        while (scanner.Next() is var (name, raw))
        {
            var star = name.IndexOf('*', StringComparison.Ordinal);
            if (star < 0)
            {
                // Not allowed inside quotes, and yet what half of the world's mail programs send.
                named.TryAdd(name, HeaderText.Clean(EncodedWords.Decode(raw)));
                continue;
            }

            var encoded = name.EndsWith('*');
            var number = name[(star + 1)..].TrimEnd('*');
            var index = 0;
            if (number.Length > 0 && (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out index) || index >= MostSegments)) continue;
            var plain = name[..star];
            if (!split.TryGetValue(plain, out var segments)) split[plain] = segments = [];
            segments.TryAdd(index, (raw, encoded));
        }

        foreach (var (name, segments) in split) named[name] = Join(segments);
        return (value, named);
    }

    /// <summary>"; name=value" in whichever form the value needs.</summary>
    public static void Write(StringBuilder output, string name, string value)
    {
        var clean = HeaderText.Clean(value);
        if (HeaderText.IsAscii(clean) && clean.Length <= Piece && !clean.Contains("=?", StringComparison.Ordinal))
        {
            output.Append("; ").Append(name).Append('=').Append(IsToken(clean) ? clean : Quoted.Write(clean));
            return;
        }

        var encoded = "utf-8''" + PercentEncode(clean);
        if (encoded.Length <= Piece)
        {
            output.Append("; ").Append(name).Append("*=").Append(encoded);
            return;
        }

        for (int from = 0, index = 0; from < encoded.Length; index++)
        {
            var length = Math.Min(Piece, encoded.Length - from);
            // Not in the middle of %XX.
            while (from + length < encoded.Length && encoded.AsSpan(from + length - 2, 2).Contains('%')) length--;
            output.Append("; ").Append(name).Append('*').Append(index).Append("*=").Append(encoded, from, length);
            from += length;
        }
    }

    public static bool IsToken(string text) =>
        text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('!', '~') && !text.AsSpan().ContainsAny("()<>@,;:\\\"/[]?=");

    private static string Join(SortedDictionary<int, (string Text, bool Encoded)> segments)
    {
        var bytes = new List<byte>();
        string? charset = null;
        foreach (var (index, (text, encoded)) in segments)
        {
            var rest = text.AsSpan();
            if (encoded && index == 0 && rest.IndexOf('\'') is >= 0 and var first && rest[(first + 1)..].IndexOf('\'') is >= 0 and var second)
            {
                charset = rest[..first].ToString();
                rest = rest[(first + second + 2)..];
            }

            var raw = Encoding.UTF8.GetBytes(rest.ToString());
            bytes.AddRange(encoded ? PercentDecode(raw) : raw);
        }

        return HeaderText.Clean(Charsets.Decode([.. bytes], charset is { Length: > 0 } ? charset : null));
    }

    private static string PercentEncode(string text)
    {
        var output = new StringBuilder(text.Length * 3);
        foreach (var sign in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)sign) || sign is (byte)'-' or (byte)'.' or (byte)'_') output.Append((char)sign);
            else output.Append('%').Append(sign.ToString("X2", CultureInfo.InvariantCulture));
        }

        return output.ToString();
    }

    private static byte[] PercentDecode(byte[] text)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && QuotedPrintable.Hex(text[i + 1]) is >= 0 and var high && QuotedPrintable.Hex(text[i + 2]) is >= 0 and var low)
            {
                text[length++] = (byte)(high << 4 | low);
                i += 2;
            }
            else
            {
                text[length++] = text[i];
            }
        }

        return text[..length];
    }
}
