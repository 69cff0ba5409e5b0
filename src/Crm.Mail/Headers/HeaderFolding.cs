using System.Buffers;
using System.Text;

namespace Crm.Mail.Headers;

/// <summary>Writes one field in lines of 78 where white space allows, and of 998 at most in any case (RFC 5322 §2.1.1, §2.2.3).</summary>
internal static class HeaderFolding
{
    private const int Wanted = 78;

    /// <summary>The longest run without white space that still fits beside a name and a space.</summary>
    public const int LongestWord = 900;

    public static void Write(IBufferWriter<byte> output, string name, string value)
    {
        var column = Put(output, name) + Put(output, ":");
        var first = true;
        for (var from = 0; from < value.Length;)
        {
            var word = from + Math.Max(0, value.AsSpan(from).IndexOfAnyExcept(' ', '\t'));
            var length = value.AsSpan(word).IndexOfAny(' ', '\t');
            var to = length < 0 ? value.Length : word + length;
            var segment = value.AsSpan(from, to - from);
            if (first)
            {
                column += Put(output, " ");
            }
            else if (column + segment.Length > Wanted)
            {
                // Before the white space, so that unfolding gives it back as it was.
                Put(output, "\r\n");
                column = 0;
            }

            column += Put(output, segment);
            first = false;
            from = to;
        }

        Put(output, "\r\n");
    }

    /// <summary>Says whether a value can be written without a line that is too long.</summary>
    public static bool Fits(string value)
    {
        var rest = value.AsSpan();
        while (!rest.IsEmpty)
        {
            // A run of white space counts with its word: a line of nothing else is no continuation.
            var word = rest.IndexOfAnyExcept(' ', '\t');
            if (word < 0) return rest.Length <= LongestWord;
            var length = rest[word..].IndexOfAny(' ', '\t');
            var segment = length < 0 ? rest : rest[..(word + length)];
            if (Encoding.UTF8.GetByteCount(segment) > LongestWord) return false;
            rest = rest[segment.Length..];
        }

        return true;
    }

    private static int Put(IBufferWriter<byte> output, ReadOnlySpan<char> text) => (int)Encoding.UTF8.GetBytes(text, output);
}
