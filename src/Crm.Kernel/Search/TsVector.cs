using System.Globalization;
using System.Text;
using Crm.Abstractions.Search;

namespace Crm.Kernel.Search;

/// <summary>Writes a document's tokens as PostgreSQL's tsvector.</summary>
internal static class TsVector
{
    // PostgreSQL knows places up to 16,383; further words begin again at 1, so that neighbours stay neighbours.
    private const int MaxPlace = 16_383;

    public static string Write(DocumentTokens tokens, SearchDocument document)
    {
        var places = new Dictionary<string, List<int>?>();
        for (var i = 0; i < tokens.Title.Count; i++)
        {
            PutWord(places, "", tokens.Title[i], i);
            PutWord(places, Marks.TitleWord, tokens.Title[i], i);
        }

        // A phrase doesn't reach from the title into the body.
        for (var i = 0; i < tokens.Body.Count; i++)
            PutWord(places, "", tokens.Body[i], tokens.Title.Count + 2 + i);
        foreach (var token in Placeless(tokens, document))
            places.TryAdd(token, null);
        return Write(places);
    }

    private static IEnumerable<string> Placeless(DocumentTokens tokens, SearchDocument document)
    {
        var all = tokens.Strong.Select(s => Marks.StrongWord + s)
            .Concat(DocumentTokens.Labels(document));
        return tokens.Whole is { } whole ? all.Append(whole) : all;
    }

    // A sign stands where its pair stands: a place that is missing would hide it from phrases.
    private static void PutWord(Dictionary<string, List<int>?> places, string mark, string token, int index)
    {
        Put(places, mark + token, index);
        if (DocumentTokens.FirstOfPair(token) is { } sign)
            Put(places, mark + sign, index);
    }

    private static void Put(Dictionary<string, List<int>?> places, string token, int index)
    {
        if (!places.TryGetValue(token, out var list) || list is null)
            places[token] = list = [];
        list.Add(1 + (index % MaxPlace));
    }

    private static string Write(Dictionary<string, List<int>?> places)
    {
        var text = new StringBuilder();
        foreach (var (token, list) in places)
        {
            text.Append('\'').Append(token).Append('\'');
            if (list is not null)
                text.Append(CultureInfo.InvariantCulture, $":{list[0]}");
            foreach (var place in (list ?? []).Skip(1))
                text.Append(CultureInfo.InvariantCulture, $",{place}");
            text.Append(' ');
        }

        return text.ToString();
    }
}
