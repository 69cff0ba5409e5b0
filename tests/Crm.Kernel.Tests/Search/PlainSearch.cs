using Crm.Abstractions.Search;

namespace Crm.Kernel.Tests.Search;

/// <summary>Generated documents and a search that looks at each of them: slow, simple, and the index's measure.</summary>
internal sealed class PlainSearch
{
    private static readonly string[] _words =
        ["the", "of", "riga", "rigas", "port", "ports", "portal", "harbour", "annual", "report", "call", "contract", "anna", "ann", "a"];

    private static readonly string[] _kinds = ["note", "person", "ticket"];
    private static readonly string[] _tokens = ["o1", "o2", "o3", "d1", "d2", "s1"];
    private static readonly DateTimeOffset _start = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Random _random;
    private readonly Guid[] _owners = [Guid.CreateVersion7(), Guid.CreateVersion7()];

    public PlainSearch(Random random, int documents)
    {
        _random = random;
        Documents = [.. Enumerable.Range(0, documents).Select(AnyDocument)];
    }

    public IReadOnlyList<SearchDocument> Documents { get; }

    public SearchQuery AnyQuery()
    {
        var words = string.Join(' ', Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Word()));
        if (_random.Next(5) == 0)
            words = $"{words} -{Word()}";
        if (_random.Next(3) == 0)
            words = words[..^_random.Next(0, Math.Min(3, words.Length))];
        string[] kinds = [.. _kinds.Where(_ => _random.Next(3) > 0)];
        return new(
            words,
            kinds,
            _kinds.ToDictionary(k => k, IReadOnlyList<string>? (_) => _random.Next(2) == 0 ? null : [.. _tokens.Where(_ => _random.Next(2) == 0)]),
            _random.Next(4) == 0 ? _owners[0] : null,
            _random.Next(4) == 0 ? _start.AddDays(_random.Next(1_500)) : null,
            _random.Next(4) == 0 ? _start.AddDays(_random.Next(1_500)) : null,
            _random.Next(5, 200),
            null,
            _random.Next(2) == 0)
        {
            // Not known, or all that there are and one more.
            KindsBeside = _random.Next(3) switch { 0 => null, 1 => [.. _kinds.Except(kinds)], _ => [.. _kinds.Except(kinds), "of no document"] },
        };
    }

    public IEnumerable<(SearchRank Rank, SearchDocument Document)> Find(SearchQuery query) =>
        from document in Documents
        where query.Kinds.Contains(document.Kind)
        where query.AclByKind[document.Kind] is not { } acl || acl.Intersect(document.Acl).Any()
        where query.OwnerId is null || query.OwnerId == document.OwnerId
        where query.Since is null || document.At >= query.Since
        where query.Until is null || document.At <= query.Until
        let rank = RankOf(document, query)
        where rank is not null
        orderby rank, document.At descending
        select (rank.Value, document);

    private static SearchRank? RankOf(SearchDocument document, SearchQuery query)
    {
        var parts = query.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(p => p != "-").ToList();
        var words = parts.Where(p => p[0] != '-').ToList();
        var (title, body) = (document.Title.Split(' '), document.Body.Split(' '));
        var all = title.Concat(body).ToList();
        if (words.Count == 0 || parts.Any(p => p[0] == '-' && all.Contains(p[1..])))
            return null;
        var excludes = parts.Count > words.Count;
        var typing = query.LastWordIsPrefix && !query.Text.EndsWith(' ') && parts[^1][0] != '-' && !query.Text.EndsWith('-');
        var last = typing ? words[^1] : null;
        bool All(IEnumerable<string> text, bool open) =>
            words.TrueForAll(w => text.Contains(w)) || (open && last is not null
                && words.SkipLast(1).All(w => text.Contains(w)) && text.Any(t => t.StartsWith(last, StringComparison.Ordinal)));
        if (!excludes && query.Text.Trim().TrimEnd('-').TrimEnd() == document.Title)
            return SearchRank.WholeTitle;
        if (All(title, false))
            return SearchRank.Title;
        if (All(title, true))
            return SearchRank.TitlePrefix;
        if (All(all.Where(w => title.Contains(w) || body.Count(b => b == w) >= 3), false))
            return SearchRank.Strong;
        if (All(all, false))
            return SearchRank.Anywhere;
        return last is { Length: > 1 } && All(all, true) ? SearchRank.AnywherePrefix : null;
    }

    private SearchDocument AnyDocument(int number)
    {
        var title = string.Join(' ', Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Word()));
        var body = string.Join(' ', Enumerable.Range(0, _random.Next(1, 15)).Select(_ => Word()));
        return new(
            Guid.CreateVersion7(), _kinds[_random.Next(3)], title, body, [.. _tokens.Where(_ => _random.Next(4) == 0)],
            _random.Next(3) == 0 ? null : _owners[_random.Next(2)], _start.AddDays(number).AddMinutes(_random.Next(1_000)));
    }

    // The first words come far more often than the last.
    private string Word() => _words[(int)(_words.Length * Math.Pow(_random.NextDouble(), 2))];
}
