namespace Crm.Abstractions.Records;

/// <summary>Text that both databases can keep: no zero byte, no half of a surrogate pair.</summary>
public static class PlainText
{
    /// <summary>The place of the first sign that can't be kept, or null.</summary>
    /// <param name="text">The text.</param>
    public static int? FindUnsound(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\0')
                return at;
            if (!char.IsSurrogate(text[at]))
                continue;
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
                return at;
            at++;
        }

        return null;
    }

    /// <summary>The beginning of a text, never ending with half a sign.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">How many characters (UTF-16) may stay.</param>
    public static string Clip(string text, int length)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= length ? text : text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }

    /// <summary>The text, or its beginning with an ellipsis where it is longer.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">How long the result may be, the ellipsis included.</param>
    public static string Shorten(string text, int length)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= length ? text : Clip(text, length - 1) + "…";
    }

    /// <summary>The text itself, where it can be kept.</summary>
    /// <param name="field">The API name of its field.</param>
    /// <param name="text">The text.</param>
    /// <param name="length">How long it may be.</param>
    /// <exception cref="RuleViolation">It is too long, or holds a sign that no database keeps.</exception>
    public static string Sound(string field, string text, int length)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > length)
            throw new RuleViolation(field, "This is longer than {0} characters.", length);
        return FindUnsound(text) is null ? text : throw new RuleViolation(field, "This holds a sign that is no text.");
    }

    /// <summary>The text without space around it, where it is one line.</summary>
    /// <param name="field">The API name of its field.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="RuleViolation">It is several lines.</exception>
    public static string Line(string field, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var line = text.Trim();
        return line.Any(char.IsControl) ? throw new RuleViolation(field, "This must be one line without control characters.") : line;
    }
}
