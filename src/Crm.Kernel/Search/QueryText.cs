using Crm.Abstractions.Records;

namespace Crm.Kernel.Search;

/// <summary>What a user typed, read: words and "phrases" that must be there, -those that must not. Never throws.</summary>
internal sealed class QueryText
{
    /// <summary>More is cut off: nobody types it, and a pasted page is no question.</summary>
    public const int MaxLength = 300;

    /// <summary>More words are left out.</summary>
    public const int MaxTerms = 12;

    private readonly List<QueryTerm> _terms = [];
    private readonly List<QueryTerm> _excluded = [];

    private QueryText(string text, bool lastWordIsPrefix)
    {
        text = PlainText.Clip(text, MaxLength);
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
                at++;
            else
                at = ReadTerm(text, at, lastWordIsPrefix);
        }

        Whole = _excluded.Count > 0 ? null : Marks.Whole([.. Tokenizer.Read(text).Select(t => t.Text)]);
    }

    /// <summary>What must be there.</summary>
    public IReadOnlyList<QueryTerm> Terms => _terms;

    /// <summary>What must not be there.</summary>
    public IReadOnlyList<QueryTerm> Excluded => _excluded;

    /// <summary>The token of a title that is the query, or null.</summary>
    public string? Whole { get; }

    public static QueryText Read(string? text, bool lastWordIsPrefix) => new(text ?? "", lastWordIsPrefix);

    private int ReadTerm(string text, int at, bool lastWordIsPrefix)
    {
        var excluded = text[at] == '-' && at + 1 < text.Length && !char.IsWhiteSpace(text[at + 1]);
        if (excluded)
            at++;
        var quoted = IsQuote(text[at]);
        var start = quoted ? at + 1 : at;
        var end = start;
        while (end < text.Length && !(quoted ? IsQuote(text[end]) : char.IsWhiteSpace(text[end]) || IsQuote(text[end])))
            end++;
        var typing = lastWordIsPrefix && !quoted && !excluded && end == text.Length;
        Add(text[start..end], excluded ? _excluded : _terms, typing);
        return quoted ? end + 1 : end;
    }

    private static void Add(string part, List<QueryTerm> terms, bool typing)
    {
        var tokens = Tokenizer.Read(part);
        // The last sign of a row stands alone in the index too, but in the question the pair before it says it all.
        if (tokens.Count > 1 && tokens[^1].Signs == 1 && tokens[^2].Signs == 2)
            tokens.RemoveAt(tokens.Count - 1);
        if (tokens.Count == 0 || terms.Count == MaxTerms)
            return;
        var term = new QueryTerm(tokens, typing && tokens[^1].Signs == 0);
        // A word twice says no more than once, but the database would think it twice as rare.
        if (!terms.Exists(t => t.Prefix == term.Prefix && t.Tokens.Select(x => x.Text).SequenceEqual(tokens.Select(x => x.Text))))
            terms.Add(term);
    }

    private static bool IsQuote(char c) => c is '"' or '“' or '”' or '„' or '«' or '»';
}
