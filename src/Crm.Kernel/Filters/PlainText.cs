namespace Crm.Kernel.Filters;

/// <summary>Text that both databases can keep: no zero byte, no half of a surrogate pair.</summary>
internal static class PlainText
{
    /// <summary>The place of the first sign that can't be kept, or null.</summary>
    public static int? FindUnsound(string text)
    {
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
}
