using Crm.Abstractions.Search;

namespace Crm.Kernel.Search;

/// <summary>
/// The ranks of a query as conditions of their own, each without those above it. As each has a list in the index and is
/// read newest first, the best hits come first however many there are, and an older, better one can't be missed.
/// </summary>
internal static class Ranks
{
    /// <summary>The ranks that the query has, best first.</summary>
    public static IReadOnlyList<(SearchRank Rank, Wanted Wanted)> Of(QueryText query)
    {
        var ranks = Inclusive(query);
        var exclusive = new List<(SearchRank, Wanted)>();
        for (var i = 0; i < ranks.Count; i++)
        {
            var (rank, wanted) = ranks[i];
            var above = ranks.Take(i).Where(r => !IsWithinAnother(r.Rank, rank)).Select(r => r.Wanted).ToList();
            above.AddRange(query.Excluded.Select(e => e.Plain()));
            exclusive.Add((rank, above.Count == 0 ? wanted : new Wanted.Except(wanted, Wanted.AnyOf(above))));
        }

        return exclusive;
    }

    // What is in a rank above that is part of a further rank above need not be taken away twice.
    private static bool IsWithinAnother(SearchRank above, SearchRank of) => above switch
    {
        SearchRank.WholeTitle => of > SearchRank.Title,
        SearchRank.Title => of > SearchRank.Strong,
        SearchRank.Strong => of == SearchRank.AnywherePrefix,
        _ => false,
    };

    /// <summary>The ranks that the query has, best first, each with what is in those above it: the first that fits is a document's.</summary>
    public static IReadOnlyList<(SearchRank Rank, Wanted Wanted)> Inclusive(QueryText query)
    {
        var ranks = new List<(SearchRank, Wanted)>();
        var terms = query.Terms;
        if (terms.Count == 0)
            return ranks;
        var prefix = terms.Any(t => t.Prefix);
        if (query.Whole is { } whole)
            ranks.Add((SearchRank.WholeTitle, Wanted.Word(whole)));
        ranks.Add((SearchRank.Title, All(terms, t => t.Plain(Marks.TitleWord))));
        if (prefix)
            ranks.Add((SearchRank.TitlePrefix, All(terms, t => t.Plain(Marks.TitleWord, typing: true))));
        ranks.Add((SearchRank.Strong, All(terms, t => t.Strong())));
        ranks.Add((SearchRank.Anywhere, All(terms, t => t.Plain())));
        // One letter begins nearly every document: while it is typed, titles answer.
        if (prefix && terms.All(t => !t.Prefix || t.Tokens[^1].Text.Length > 1))
            ranks.Add((SearchRank.AnywherePrefix, All(terms, t => t.Plain(typing: true))));
        return ranks;
    }

    /// <summary>Every document that has any of the ranks.</summary>
    public static Wanted Widest(QueryText query)
    {
        var ranks = Inclusive(query).ToDictionary(r => r.Rank, r => r.Wanted);
        // All that a title has, the document has.
        var any = ranks.TryGetValue(SearchRank.AnywherePrefix, out var widest) ? widest
            : ranks.TryGetValue(SearchRank.TitlePrefix, out var title) ? Wanted.AnyOf(title, ranks[SearchRank.Anywhere])
            : ranks[SearchRank.Anywhere];
        return query.Excluded.Count == 0 ? any : new Wanted.Except(any, Wanted.AnyOf([.. query.Excluded.Select(e => e.Plain())]));
    }

    private static Wanted All(IReadOnlyList<QueryTerm> terms, Func<QueryTerm, Wanted> each) =>
        Wanted.AllOf([.. terms.Select(each)]);
}
