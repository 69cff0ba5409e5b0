using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Crm.Kernel.Search;

/// <summary>
/// Shows where a text answers a query: a piece of the original, HTML-encoded, with each hit in <c>mark</c>. Hits are
/// found by the tokens of the index, so that what was found is also marked.
/// </summary>
internal static class Snippets
{
    // A hit so far down in a text is not looked for; the snippet is then the text's beginning.
    private const int MaxTokens = 60_000;
    private static readonly HtmlEncoder _encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The whole text, marked: for titles.</summary>
    public static string Mark(string text, QueryText query) => Render(text, 0, text.Length, Hits.In(text, query, MaxTokens));

    /// <summary>The piece of about <paramref name="length"/> characters with the most different hits, marked.</summary>
    public static string Cut(string text, QueryText query, int length = 200)
    {
        var hits = Hits.In(text, query, MaxTokens);
        if (text.Length <= length)
            return Render(text, 0, text.Length, hits);
        var (start, end) = Window(text, Hits.BestStart(hits, length), length);
        return Render(text, start, end, hits);
    }

    // Begins a little before the hit, and never inside a word, a surrogate pair or a letter with its marks.
    private static (int Start, int End) Window(string text, int hit, int length)
    {
        var start = Math.Clamp(hit - (length / 4), 0, Math.Max(0, text.Length - length));
        var end = Math.Min(text.Length, start + length);
        start = start == 0 ? 0 : Boundary(text, start, hit);
        end = end == text.Length ? end : LastBoundary(text, Math.Max(hit, start), end);
        return (start, end);
    }

    // The first word that begins behind a place; in text without spaces the first whole character.
    private static int Boundary(string text, int from, int to)
    {
        for (var i = from; i < to && i < from + 30; i++)
        {
            if (char.IsWhiteSpace(text[i - 1]))
                return i;
        }

        return WholeCharacter(text, from, to);
    }

    private static int LastBoundary(string text, int from, int end)
    {
        for (var i = end; i > from && i > end - 30; i--)
        {
            if (char.IsWhiteSpace(text[i]))
                return i;
        }

        return WholeCharacter(text, end, text.Length);
    }

    // Pieces are counted from a little before, at most a few of them.
    private static int WholeCharacter(string text, int at, int max)
    {
        var i = Math.Max(0, at - 16);
        if (i > 0 && char.IsLowSurrogate(text[i]))
            i--;
        while (i < at)
            i += Fold.PieceLength(text, i);
        return Math.Min(i, Math.Max(at, max));
    }

    private static string Render(string text, int start, int end, IReadOnlyList<Hit> hits)
    {
        var html = new StringBuilder(start > 0 ? "…" : "");
        var at = start;
        foreach (var hit in hits)
        {
            if (hit.Start < at || hit.End > end)
                continue;
            html.Append(Encode(text, at, hit.Start)).Append("<mark>");
            html.Append(Encode(text, hit.Start, hit.End)).Append("</mark>");
            at = hit.End;
        }

        html.Append(Encode(text, at, end));
        return html.Append(end < text.Length ? "…" : "").ToString();
    }

    private static string Encode(string text, int start, int end) => _encoder.Encode(text[start..Math.Max(start, end)]);
}
