using System.Text.RegularExpressions;

namespace Crm.Activities.Mails;

/// <summary>Fills the words in double braces of a text.</summary>
internal static partial class MergeWords
{
    /// <summary>The text with what is known in its place; what is not stays as it stands.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> words) =>
        Word().Replace(text, m => words.TryGetValue(m.Groups["name"].Value, out var value) ? value : m.Value);

    /// <summary>The first word that nothing was found for, as it stands; null where all are filled.</summary>
    public static string? Open(string text) => Word().Match(text) is { Success: true } match ? match.Value : null;

    /// <summary>True where braces are opened and not closed.</summary>
    public static bool Unclosed(string text) => Word().Replace(text, "").Contains("{{", StringComparison.Ordinal);

    [GeneratedRegex(@"\{\{\s*(?<name>[A-Za-z][\w.]{0,60})\s*\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();
}
