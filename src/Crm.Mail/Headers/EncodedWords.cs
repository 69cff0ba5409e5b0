using System.Text;
using Crm.Mail.Encodings;

namespace Crm.Mail.Headers;

/// <summary>Text outside ASCII in headers: =?utf-8?Q?…?= (RFC 2047, the language mark of RFC 2231 included).</summary>
internal static class EncodedWords
{
    // 75 are allowed; 64 leave room for the header's name on the first line.
    private const int MostChars = 64;
    private const int Payload = MostChars - 12;

    /// <summary>The whole text as encoded words with a space between them.</summary>
    public static string Encode(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var quoted = bytes.Sum(Width) <= (bytes.Length + 2) / 3 * 4;
        var output = new StringBuilder(bytes.Length * 2);
        var word = new List<byte>(Payload);
        var width = 0;
        Span<byte> signs = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(signs);
            var added = 0;
            foreach (var sign in signs[..length]) added += quoted ? Width(sign) : 0;
            // A character is never cut in two: some readers decode each word by itself.
            if (quoted ? width + added > Payload : (word.Count + length + 2) / 3 * 4 > Payload)
            {
                Flush(output, word, quoted);
                width = 0;
            }

            word.AddRange(signs[..length]);
            width += added;
        }

        Flush(output, word, quoted);
        return output.ToString();
    }

    /// <summary>Decodes every encoded word in a text; what only looks like one stays.</summary>
    public static string Decode(string text)
    {
        if (!text.Contains("=?", StringComparison.Ordinal)) return text;
        var output = new StringBuilder(text.Length);
        var run = new EncodedRun();
        var plainFrom = 0;
        for (var at = text.IndexOf("=?", StringComparison.Ordinal); at >= 0; at = at < text.Length ? text.IndexOf("=?", at, StringComparison.Ordinal) : -1)
        {
            if (EncodedWord.TryRead(text, at) is not { } word)
            {
                at += 2;
                continue;
            }

            var between = text.AsSpan(plainFrom, at - plainFrom);
            // White space between two encoded words is not text (RFC 2047 §6.2).
            if (!run.IsOpen || !between.IsWhiteSpace())
            {
                run.Flush(output);
                output.Append(between);
            }

            run.Add(word, output);
            at = plainFrom = word.End;
        }

        run.Flush(output);
        return output.Append(text.AsSpan(plainFrom)).ToString();
    }

    private static int Width(byte sign) => IsSafe(sign) || sign == ' ' ? 1 : 3;

    private static bool IsSafe(byte sign) => char.IsAsciiLetterOrDigit((char)sign) || sign is (byte)'!' or (byte)'*' or (byte)'+' or (byte)'-' or (byte)'/';

    private static void Flush(StringBuilder output, List<byte> word, bool quoted)
    {
        if (word.Count == 0) return;
        if (output.Length > 0) output.Append(' ');
        output.Append(quoted ? "=?utf-8?Q?" : "=?utf-8?B?");
        if (quoted)
        {
            foreach (var sign in word)
            {
                if (sign == ' ') output.Append('_');
                else if (IsSafe(sign)) output.Append((char)sign);
                else output.Append('=').Append(sign.ToString("X2", null));
            }
        }
        else
        {
            output.Append(Convert.ToBase64String([.. word]));
        }

        output.Append("?=");
        word.Clear();
    }
}
