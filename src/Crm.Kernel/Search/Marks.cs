using System.Globalization;
using System.Text;

namespace Crm.Kernel.Search;

/// <summary>
/// Signs put before a token to say what it is. No folded word contains one, so that nothing a user types can reach
/// the tokens of rights, and a word common in bodies has a short list of its own for titles.
/// </summary>
internal static class Marks
{
    public const string TitleWord = "=";
    public const string StrongWord = "+";
    public const string WholeTitle = "!";

    /// <summary>The characters that the tokenizer of SQLite must leave in a token.</summary>
    public const string All = "=+!_.-";

    public static string Acl(string token) => "_a" + Plain(token);

    public static string Kind(string kind) => "_k" + Plain(kind);

    public static string Owner(Guid owner) => "_w" + owner.ToString("N");

    /// <summary>The title's tokens as one, or null for a title too long to be typed.</summary>
    public static string? Whole(IReadOnlyList<string> tokens) =>
        tokens.Count is > 0 and <= 32 ? WholeTitle + string.Join('.', tokens) : null;

    // Neither database may see a capital, a quote or a space in it and fold or split it.
    private static string Plain(string text)
    {
        if (text.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterLower(c) || c is '.' or '-'))
            return text;
        var plain = new StringBuilder();
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c) || char.IsAsciiLetterLower(c) || c is '.' or '-')
                plain.Append(c);
            else
                plain.Append(CultureInfo.InvariantCulture, $"_{(int)c:x4}");
        }

        return plain.ToString();
    }
}
