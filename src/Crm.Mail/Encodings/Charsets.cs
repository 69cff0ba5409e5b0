using System.Globalization;
using System.Text;

namespace Crm.Mail.Encodings;

/// <summary>Bytes to text by the charset that a mail names, or by what they look like where it names none, an unknown one, or one that cannot be true.</summary>
internal static class Charsets
{
    private static readonly UTF8Encoding _strictUtf8 = new(false, true);

    // Asked directly: registering the provider would change encodings for the whole process.
    private static readonly Encoding _western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static string Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble)) return Encoding.UTF8.GetString(bytes[3..]);
        var encoding = charset is null ? null : Find(charset);
        // Latin-1 and ASCII are what programs write that do not know; Windows' superset reads both.
        if (encoding is null || encoding.CodePage is 20127) return Guess(bytes);
        return (encoding.CodePage == 28591 ? _western : encoding).GetString(bytes);
    }

    public static Encoding? Find(string charset)
    {
        var name = charset.Trim().Trim('"', '\'').ToLowerInvariant();
        if (name is "utf8" or "utf-8") return Encoding.UTF8;
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? ByNumber(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    // cp1257, cp-850, windows1251, ms932, x-windows-949: .NET knows them by number.
    private static Encoding? ByNumber(string name)
    {
        var digits = name.AsSpan(name.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1);
        var word = name.AsSpan(0, name.Length - digits.Length).Trim('-');
        if (word is not ("cp" or "windows" or "ms" or "ibm" or "x-cp" or "x-windows" or "x-ms-cp")) return null;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page is > 0 and <= 65535
            ? CodePagesEncodingProvider.Instance.GetEncoding(page)
            : null;
    }

    private static string Guess(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return _strictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return _western.GetString(bytes);
        }
    }
}
