using System.Text;
using Crm.Mail.Encodings;

namespace Crm.Mail.Headers;

/// <summary>One encoded word found in a text.</summary>
internal readonly record struct EncodedWord(string Charset, bool Quoted, string Payload, int End)
{
    private const int LongestCharset = 60;

    /// <summary>
    /// Reads the word that starts at a place. No step looks beyond the next question mark, where the search goes on when
    /// this is no word: the whole text is passed a fixed number of times, whatever stands in it.
    /// </summary>
    public static EncodedWord? TryRead(string text, int at)
    {
        var charsetEnd = text.AsSpan(at + 2, Math.Min(LongestCharset, text.Length - at - 2)).IndexOf('?');
        if (charsetEnd <= 0) return null;
        var charset = text.AsSpan(at + 2, charsetEnd);
        if (charset.ContainsAny(" \t=")) return null;
        var mark = at + 2 + charsetEnd + 1;
        if (mark + 1 >= text.Length || text[mark + 1] != '?' || text[mark] is not ('Q' or 'q' or 'B' or 'b')) return null;
        var from = mark + 2;
        var length = text.AsSpan(from).IndexOf('?');
        if (length < 0 || from + length + 1 >= text.Length || text[from + length + 1] != '=') return null;
        var language = charset.IndexOf('*');
        return new EncodedWord(
            (language < 0 ? charset : charset[..language]).ToString(), text[mark] is 'Q' or 'q', text.Substring(from, length), from + length + 2);
    }

    public byte[] ToBytes()
    {
        var bytes = Encoding.UTF8.GetBytes(Payload);
        if (!Quoted) return Base64Text.Decode(bytes);
        bytes.AsSpan().Replace((byte)'_', (byte)' ');
        var output = new byte[bytes.Length];
        return output[..QuotedPrintable.DecodeLine(bytes, output)];
    }
}
