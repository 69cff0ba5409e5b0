using System.Data.Common;
using Crm.Abstractions.Search;

namespace Crm.Kernel.Search;

/// <summary>
/// What a reader may find and the filters he set, split: the word index is asked for what it answers with short lists,
/// the rest is asked of the documents that it gives. A kind that half of all documents have only makes it slow.
/// </summary>
internal sealed class PostgresReach
{
    private const double Common = 0.4;
    private readonly SearchQuery _query;
    private readonly IReadOnlyList<(IReadOnlyList<string> Kinds, IReadOnlyList<string>? Acl)> _groups;

    private PostgresReach(SearchQuery query, WordStatistics statistics)
    {
        _query = query;
        _groups = Reach.Groups(query);
        Index = Both(Reach.Owners(query), OfRights(statistics));
        Filter = $"at BETWEEN @since AND @until AND ({string.Join(" OR ", _groups.Select((g, i) => Group(g.Acl, i)))})";
    }

    /// <summary>What the word index is asked for beside the words, or null.</summary>
    public Wanted? Index { get; }

    /// <summary>What each document is asked for, in SQL.</summary>
    public string Filter { get; }

    /// <summary>Null: nothing at all.</summary>
    public static PostgresReach? Of(SearchQuery query, WordStatistics statistics) =>
        new PostgresReach(query, statistics) is { _groups.Count: > 0 } reach ? reach : null;

    /// <summary>The words with what the index is asked for beside them; null where it need not be asked.</summary>
    public Wanted? With(Wanted? words) => Both(words, Index);

    /// <summary>Gives a command the filter's values.</summary>
    public void AddTo(DbCommand command)
    {
        command.Add("since", _query.Since is { } since ? StoredText.Time(since) : long.MinValue);
        command.Add("until", _query.Until is { } until ? StoredText.Time(until) : long.MaxValue);
        for (var i = 0; i < _groups.Count; i++)
        {
            command.Add($"kinds{i}", _groups[i].Kinds.ToArray());
            if (_groups[i].Acl is { } acl && _groups.Count > 1)
                command.Add($"held{i}", TsQuerySyntax.Write(Reach.Held(acl)));
        }
    }

    private Wanted? OfRights(WordStatistics statistics)
    {
        var open = _groups.Where(g => g.Acl is null).SelectMany(g => g.Kinds).Select(k => Wanted.Word(Marks.Kind(k))).ToList();
        if (open.Sum(statistics.AtMost) > Common)
            return null;
        var held = _groups.SelectMany(g => g.Acl ?? []).ToList();
        return open.Count == 0 && held.Count == 0 ? null
            : Wanted.AnyOf([.. open, .. held.Count == 0 ? [] : new[] { Reach.Held(held) }]);
    }

    // "IS TRUE" keeps it away from the index. Where all is read by the same tokens, the index has seen to them.
    private string Group(IReadOnlyList<string>? acl, int number) => acl is null || _groups.Count == 1
        ? $"kind = ANY(@kinds{number})"
        : $"kind = ANY(@kinds{number}) AND (words @@ @held{number}::tsquery) IS TRUE";

    private static Wanted? Both(Wanted? first, Wanted? second) =>
        first is null ? second : second is null ? first : Wanted.AllOf(first, second);
}
