using System.Text;
using Crm.Abstractions.Search;

namespace Crm.Kernel.Search;

/// <summary>Brings documents into the form in which both databases keep them.</summary>
internal static class StoredText
{
    /// <summary>Each id once, the last one; text without what a database refuses.</summary>
    public static List<SearchDocument> Clean(IReadOnlyList<SearchDocument> documents)
    {
        var byId = new Dictionary<Guid, SearchDocument>(documents.Count);
        foreach (var document in documents)
            byId[document.Id] = document with { Title = Clean(document.Title), Body = Clean(document.Body) };
        return [.. byId.Values];
    }

    /// <summary>Each change once, the last one.</summary>
    public static Dictionary<Guid, SearchAcl> ById(IReadOnlyList<SearchAcl> changes)
    {
        var byId = new Dictionary<Guid, SearchAcl>(changes.Count);
        foreach (var change in changes)
            byId[change.Id] = change;
        return byId;
    }

    /// <summary>The tokens of rights as one text.</summary>
    public static string Acl(IReadOnlyList<string> acl) => string.Join(' ', acl.Distinct());

    /// <summary>The tokens of rights out of one text.</summary>
    public static string[] Acl(string stored) => stored.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Milliseconds since 1970, as both databases keep a time.</summary>
    public static long Time(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    public static DateTimeOffset Time(long stored) => DateTimeOffset.FromUnixTimeMilliseconds(stored);

    // A zero character ends a text for PostgreSQL, half a surrogate pair can't be written as UTF-8.
    private static string Clean(string text)
    {
        var clean = true;
        for (var i = 0; i < text.Length && clean; i++)
            clean = text[i] != '\0' && !char.IsSurrogate(text[i]);
        if (clean)
            return text;
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            kept.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        return kept.ToString();
    }
}
