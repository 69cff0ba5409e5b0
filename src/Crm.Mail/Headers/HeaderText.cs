using System.Globalization;
using System.Text;

namespace Crm.Mail.Headers;

/// <summary>The one door by which text enters a header: no control character, so no line break, passes it.</summary>
internal static class HeaderText
{
    /// <summary>Runs of control characters become one space, half a surrogate pair becomes U+FFFD; trimmed.</summary>
    public static string Clean(string text)
    {
        if (IsClean(text)) return text.Trim();
        var clean = new StringBuilder(text.Length);
        var broken = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var control = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            if (!control) clean.Append(rune.ToString());
            else if (!broken) clean.Append(' ');
            broken = control;
        }

        return clean.ToString().Trim();
    }

    public static bool IsAscii(string text) => Ascii.IsValid(text);

    private static bool IsClean(string text)
    {
        foreach (var sign in text)
        {
            if (char.IsControl(sign) || char.IsSurrogate(sign) || sign is '\u2028' or '\u2029') return false;
        }

        return true;
    }
}
