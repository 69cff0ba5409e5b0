namespace Crm.Mail.Mime;

/// <summary>Names of attached files, which come from strangers.</summary>
internal static class FileNames
{
    private const int Longest = 150;

    public static string? Safe(string? name)
    {
        if (name is null) return null;
        var last = name[(name.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
        var kept = string.Concat(last.Where(sign => !char.IsControl(sign) && !"<>:\"|?*".Contains(sign, StringComparison.Ordinal)
            // Signs that turn the reading direction hide what kind of file it is.
            && sign is not (>= '\u202A' and <= '\u202E') and not (>= '\u2066' and <= '\u2069') and not '\u200E' and not '\u200F')).Trim(' ', '.');
        if (kept.Length <= Longest) return kept.Length == 0 ? null : kept;
        var ending = Path.GetExtension(kept) is { Length: <= 10 } short_ ? short_ : "";
        return kept[..(Longest - ending.Length)].TrimEnd('\uD800') + ending;
    }
}
