using Crm.Mail.Headers;

namespace Crm.Mail.Addresses;

/// <summary>A name in front of an address: bare words, a quoted string, or encoded words (RFC 5322 §3.2.5, RFC 2047 §5).</summary>
internal static class Phrase
{
    private const int LongestWord = 60;

    public static string Write(string name)
    {
        var words = name.Split(' ');
        if (!HeaderText.IsAscii(name) || name.Contains("=?", StringComparison.Ordinal) || words.Any(word => word.Length > LongestWord))
            return EncodedWords.Encode(name);
        return words.All(word => word.Length > 0 && word.All(AddressSyntax.IsAtomText)) ? name : Quoted.Write(name);
    }
}
