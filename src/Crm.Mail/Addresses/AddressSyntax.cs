using System.Text;

namespace Crm.Mail.Addresses;

/// <summary>What an address is (RFC 5321 §4.1.2, lengths of §4.5.3.1; RFC 6531 for other scripts).</summary>
internal static class AddressSyntax
{
    private const int LongestLocalPart = 64;
    private const int Longest = 320;

    public static bool TrySplit(string address, out string local, out string domain)
    {
        local = domain = "";
        if (address.Length is < 3 or > Longest) return false;
        var at = address.LastIndexOf('@');
        if (at < 1 || at == address.Length - 1) return false;
        local = address[..at];
        domain = address[(at + 1)..];
        return IsWellFormed(local) && Encoding.UTF8.GetByteCount(local) <= LongestLocalPart
            && (IsDotted(local) || IsQuoted(local)) && MailDomain.ToAscii(domain) is not null;
    }

    private static bool IsDotted(string local) =>
        local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal) && local.All(sign => sign == '.' || IsAtomText(sign));

    private static bool IsQuoted(string local)
    {
        if (local is not ['"', .. var inside, '"'] || inside.Length == 0) return false;
        for (var i = 0; i < inside.Length; i++)
        {
            if (char.IsControl(inside[i]) || inside[i] == '"') return false;
            // A backslash stands before what it escapes, and the last quote is not that.
            if (inside[i] == '\\' && (++i == inside.Length || char.IsControl(inside[i]))) return false;
        }

        return true;
    }

    public static bool IsAtomText(char sign) => sign < 128
        ? char.IsAsciiLetterOrDigit(sign) || "!#$%&'*+-/=?^_`{|}~".Contains(sign, StringComparison.Ordinal)
        : !char.IsControl(sign) && !char.IsWhiteSpace(sign) && char.GetUnicodeCategory(sign) is not System.Globalization.UnicodeCategory.Format;

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }
}
