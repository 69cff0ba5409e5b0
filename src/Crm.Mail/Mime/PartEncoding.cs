using System.Buffers;
using Crm.Mail.Encodings;

namespace Crm.Mail.Mime;

/// <summary>Chooses how a part's content travels, the plainest first: as it is, quoted-printable, base64.</summary>
internal static class PartEncoding
{
    private const int LongestLine = 998;

    public static string Choose(ReadOnlySpan<byte> content, bool text, bool eightBit)
    {
        if (!text || content.Contains((byte)0) || !HasMailLineEnds(content)) return "base64";
        var plain = LinesFit(content) && !BeginsWithFrom(content);
        if (plain && System.Text.Ascii.IsValid(content)) return "7bit";
        if (plain && eightBit) return "8bit";
        return QuotedPrintable.Expense(content) <= content.Length / 3 * 4 ? "quoted-printable" : "base64";
    }

    public static void Write(ReadOnlySpan<byte> content, string encoding, IBufferWriter<byte> output)
    {
        switch (encoding)
        {
            case "base64":
                Base64Text.Encode(content, output);
                break;
            case "quoted-printable":
                QuotedPrintable.Encode(content, output);
                break;
            default:
                output.Write(content);
                break;
        }
    }

    // CR and LF come together or not at all: anything else would be changed on the way.
    private static bool HasMailLineEnds(ReadOnlySpan<byte> content)
    {
        for (var at = content.IndexOfAny((byte)'\r', (byte)'\n'); at >= 0; at = content.IndexOfAny((byte)'\r', (byte)'\n'))
        {
            if (content[at] != '\r' || at + 1 == content.Length || content[at + 1] != '\n') return false;
            content = content[(at + 2)..];
        }

        return true;
    }

    private static bool LinesFit(ReadOnlySpan<byte> content)
    {
        for (var end = content.IndexOf("\r\n"u8); end >= 0; end = content.IndexOf("\r\n"u8))
        {
            if (end > LongestLine) return false;
            content = content[(end + 2)..];
        }

        return content.Length <= LongestLine;
    }

    private static bool BeginsWithFrom(ReadOnlySpan<byte> content) => content.StartsWith("From "u8) || content.IndexOf("\nFrom "u8) >= 0;
}
