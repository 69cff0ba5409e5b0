using System.Runtime.InteropServices;

namespace Crm.Kernel.Search;

/// <summary>One place in a text that answers one term of a query.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Hit(int Start, int End, int Term);

/// <summary>Finds the places in a text that answer a query.</summary>
internal static class Hits
{
    /// <summary>The places in the text's order, none inside another.</summary>
    public static IReadOnlyList<Hit> In(string text, QueryText query, int maxTokens)
    {
        if (query.Terms.Count == 0)
            return [];
        var tokens = Tokenizer.Read(text, maxTokens);
        var hits = new List<Hit>();
        for (var i = 0; i < tokens.Count; i++)
        {
            for (var term = 0; term < query.Terms.Count; term++)
            {
                if (EndOf(tokens, i, query.Terms[term]) is { } end)
                    hits.Add(new(tokens[i].Start, end, term));
            }
        }

        return Joined(hits);
    }

    /// <summary>Where a window of a length holds the most different terms, then the most hits; the first such hit.</summary>
    public static int BestStart(IReadOnlyList<Hit> hits, int length)
    {
        var (best, bestScore) = (0, -1);
        // Far more hits than a reader looks at; the square of them would be felt.
        for (var i = 0; i < Math.Min(hits.Count, 500); i++)
        {
            var terms = new HashSet<int>();
            var within = 0;
            for (var j = i; j < hits.Count && within < 20 && hits[j].End <= hits[i].Start + (length * 3 / 4); j++, within++)
                terms.Add(hits[j].Term);
            var score = (terms.Count * 100) + within;
            if (score > bestScore)
                (best, bestScore) = (hits[i].Start, score);
        }

        return best;
    }

    private static int? EndOf(List<Token> tokens, int at, QueryTerm term)
    {
        // A single sign stands first in a pair, or alone.
        if (term.Tokens.Count == 1 && term.Tokens[0].Signs == 1)
            return StartsWith(tokens[at], term.Tokens[0]) ? tokens[at].FirstEnd : null;
        for (var i = 0; i < term.Tokens.Count; i++)
        {
            if (at + i >= tokens.Count)
                return null;
            var (token, wanted) = (tokens[at + i], term.Tokens[i]);
            var last = i == term.Tokens.Count - 1;
            if (last && term.EndsWithSign)
                return StartsWith(token, wanted) ? token.FirstEnd : null;
            var open = last && term.Prefix && token.Text.StartsWith(wanted.Text, StringComparison.Ordinal);
            if (!open && token.Text != wanted.Text)
                return null;
        }

        return tokens[at + term.Tokens.Count - 1].End;
    }

    private static bool StartsWith(Token token, Token sign) =>
        token.Signs > 0 && token.Text.StartsWith(sign.Text, StringComparison.Ordinal);

    private static List<Hit> Joined(List<Hit> hits)
    {
        hits.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.End.CompareTo(a.End));
        var joined = new List<Hit>(hits.Count);
        foreach (var hit in hits)
        {
            if (joined.Count > 0 && hit.Start < joined[^1].End)
                joined[^1] = joined[^1] with { End = Math.Max(joined[^1].End, hit.End) };
            else
                joined.Add(hit);
        }

        return joined;
    }
}
