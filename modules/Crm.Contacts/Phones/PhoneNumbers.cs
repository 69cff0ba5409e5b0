using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Crm.Contacts.Phones;

/// <summary>Reads phone numbers as people write them. Two notations of one number become one.</summary>
internal static partial class PhoneNumbers
{
    private const int MaxTyped = 60;

    /// <summary>Reads a number, or gives null where it can't be one.</summary>
    /// <param name="typed">What was typed, imported or dialled.</param>
    /// <param name="country">The country (ISO 3166) of numbers that name none, or null where nothing is known.</param>
    public static PhoneNumber? Read(string? typed, string? country)
    {
        if (typed is null || typed.Length > MaxTyped)
            return null;
        var (text, extension) = Split(Plain(typed));
        if (text.Length == 0 || text.Any(c => !char.IsAsciiDigit(c) && !" +-./()".Contains(c, StringComparison.Ordinal)))
            return null;
        // "+44 (0)20 …": the digit in brackets is dialled at home only.
        var isInternational = text[0] == '+' || text.StartsWith("(+", StringComparison.Ordinal);
        if (isInternational)
            text = text.Replace("(0)", "", StringComparison.Ordinal);
        if (text.LastIndexOf('+') > (text[0] == '(' ? 1 : 0))
            return null;
        var digits = new string([.. text.Where(char.IsAsciiDigit)]);
        if (isInternational)
            return International(digits, extension);
        var home = CountryPhones.Of(country);
        if (home is { IsNorthAmerican: true } && digits.StartsWith("011", StringComparison.Ordinal))
            return International(digits[3..], extension);
        if (digits.StartsWith("00", StringComparison.Ordinal))
            return International(digits[2..], extension);
        return home is null ? null : AtHome(digits, home, extension);
    }

    /// <summary>Writes a kept value as pages show it; one that was never read stays as it is.</summary>
    public static string Show(string kept) =>
        kept.StartsWith('+') && Read(kept, null) is { } number ? number.Shown : kept;

    private static PhoneNumber? International(string digits, string extension)
    {
        if (digits.Length is < 6 or > 16 || CountryPhones.OfDigits(digits) is not { } plan)
            return null;
        var national = digits[plan.Code.Length..];
        // "+49 030 …" is a slip seen often; where numbers may begin with a nought (Italy), there is no trunk digit to drop.
        if (national.StartsWith('0') && plan.DialsNought && national.Length > plan.Shortest)
            national = national[1..];
        return plan.Code.Length + national.Length <= 15 && national.Length > 0 && plan.Fits(national) && !(plan.DialsNought && national[0] == '0')
            ? new PhoneNumber(plan.Code, national, extension)
            : null;
    }

    private static PhoneNumber? AtHome(string digits, CountryPhone home, string extension)
    {
        if (home.WithoutTrunk(digits) is { } national)
            return new PhoneNumber(home.Code, national, extension);
        if (home.Fits(digits) && !(home.DialsNought && digits[0] == '0'))
            return new PhoneNumber(home.Code, digits, extension);
        // The calling code without its plus.
        return digits.StartsWith(home.Code, StringComparison.Ordinal) && home.Fits(digits.AsSpan(home.Code.Length))
            ? International(digits, extension)
            : null;
    }

    // Digits of any script, dashes and spaces of any width, as ASCII has them.
    private static string Plain(string typed)
    {
        var text = new StringBuilder(typed.Length);
        foreach (var sign in typed.Trim())
        {
            var category = char.GetUnicodeCategory(sign);
            if (category == UnicodeCategory.DecimalDigitNumber)
                text.Append((char)('0' + (int)char.GetNumericValue(sign)));
            else if (category == UnicodeCategory.DashPunctuation)
                text.Append('-');
            else if (category is UnicodeCategory.SpaceSeparator or UnicodeCategory.Format || sign == '\t')
                text.Append(category == UnicodeCategory.Format ? "" : " ");
            else
                text.Append(sign switch { '＋' => '+', '（' => '(', '）' => ')', '·' or '•' => '.', _ => sign });
        }

        var plain = text.ToString().Trim();
        return plain.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) ? plain[4..].Trim() : plain;
    }

    private static (string Text, string Extension) Split(string text)
    {
        var match = Extension().Match(text);
        return match.Success ? (text[..match.Index].Trim(), match.Groups["digits"].Value) : (text, "");
    }

    [GeneratedRegex(@"\s*(?:;ext=|[,;]?\s*(?:ext(?:ension|n)?\.?|x|#)\s*:?)\s*(?<digits>[0-9]{1,8})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Extension();
}
