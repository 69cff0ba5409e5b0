using System.Globalization;
using System.Net;

namespace Crm.Mail.Addresses;

/// <summary>Domains of mail: host names in any script (RFC 5890) and addresses in brackets (RFC 5321 §4.1.3).</summary>
internal static class MailDomain
{
    // Not shared between threads: IdnMapping does not say that it may be.
    private static IdnMapping Mapping => new() { UseStd3AsciiRules = true };

    /// <summary>The domain in ASCII, or null if it is none.</summary>
    public static string? ToAscii(string domain)
    {
        if (domain.Length is 0 or > 255) return null;
        if (domain is ['[', .. var literal, ']']) return IsAddress(literal) ? domain : null;
        if (Ascii(domain)) return IsHostName(domain) ? domain : null;
        try
        {
            var ascii = Mapping.GetAscii(domain);
            return IsHostName(ascii) ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool Ascii(string domain) => System.Text.Ascii.IsValid(domain);

    private static bool IsHostName(string domain) =>
        domain.Length <= 253 && domain.Split('.').All(label =>
            label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-'
            // The underscore is no host's, yet some mail domains of old have one.
            && label.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_'));

    private static bool IsAddress(string literal)
    {
        var text = literal.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase) ? literal[5..] : literal;
        return text.All(sign => char.IsAsciiHexDigit(sign) || sign is '.' or ':') && IPAddress.TryParse(text, out _);
    }
}
