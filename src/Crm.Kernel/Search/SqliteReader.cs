using System.Data.Common;
using Crm.Abstractions.Search;

namespace Crm.Kernel.Search;

/// <summary>Answers one query from SQLite: rank by rank, in each the newest first, until the page is full.</summary>
internal sealed class SqliteReader(DbConnection connection, DbTransaction? transaction, SearchQuery query)
{
    // So many hits are looked at one by one before the index is asked to trim: about what opening the tokens' lists costs.
    private const int MinGlance = 40;
    private const int MaxGlance = 200;

    // A phrase of very common words is compared place by place; it is read in steps, so that it can be stopped.
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(250);

    private readonly int _limit = Math.Clamp(query.Limit, 1, 200);
    private readonly Gate _gate = new(query);
    private readonly QueryText _text = QueryText.Read(query.Text, query.LastWordIsPrefix);
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private readonly List<SearchMatch> _matches = [];

    // What is found next in the rank has a lower key than this.
    private long _before;
    private IReadOnlyList<long>? _steps;

    private enum End
    {
        Exhausted,
        Full,
        Enough,
        OutOfPatience,
    }

    public async Task<SearchPage> ReadAsync(CancellationToken ct)
    {
        var from = query.After is null ? Cursor.StartOf(SearchRank.WholeTitle) : Cursor.Read(query.After);
        if (Reach.Groups(query).Count == 0)
            return SearchPage.Empty;
        var seesAll = query.OwnerId is null && query.Kinds.All(k => query.AclByKind.GetValueOrDefault(k, []) is null);
        var glance = Math.Clamp(query.AclByKind.Values.Max(a => a?.Count ?? 0) * 5, MinGlance, MaxGlance);
        foreach (var (rank, wanted) in Ranks.Of(_text).Where(r => r.Rank >= from.Rank))
        {
            _before = rank == from.Rank ? from.Key : long.MaxValue;
            var end = seesAll ? End.Enough : await ReadRankAsync(rank, wanted, glance, ct);
            if (end == End.Enough)
                end = await ReadRankAsync(rank, Reach.Narrow(query, wanted), int.MaxValue, ct);
            if (end is End.Full or End.OutOfPatience)
                return new(_matches, new Cursor(rank, _before, Guid.Empty).ToString(), end == End.OutOfPatience);
        }

        return new(_matches, null, false);
    }

    private async Task<End> ReadRankAsync(SearchRank rank, Wanted wanted, int max, CancellationToken ct)
    {
        foreach (var low in await StepsAsync(ct))
        {
            if (low >= _before)
                continue;
            var (end, read) = await ReadRangeAsync(rank, wanted, low, max, ct);
            if (end != End.Exhausted || low == long.MinValue)
                return end;
            max -= read;
            _before = low;
            if (TimeProvider.System.GetElapsedTime(_began) > _patience)
                return End.OutOfPatience;
        }

        return End.Exhausted;
    }

    // The keys down to which each step reads: parts of the time that the index covers, each four times the one before.
    private async Task<IReadOnlyList<long>> StepsAsync(CancellationToken ct)
    {
        if (!_text.Terms.Any(t => t.Tokens.Count > 1))
            return [long.MinValue];
        if (_steps is not null)
            return _steps;
        await using var command = connection.Command(
            transaction, "SELECT (SELECT min(doc) FROM core_search_doc), (SELECT max(doc) FROM core_search_doc)");
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct) || reader.IsDBNull(0))
            return [long.MinValue];
        var (low, high) = (reader.GetInt64(0), reader.GetInt64(1));
        return _steps = [high - ((high - low) / 64), high - ((high - low) / 16), high - ((high - low) / 4), long.MinValue];
    }

    private async Task<(End End, int Read)> ReadRangeAsync(
        SearchRank rank, Wanted wanted, long low, int max, CancellationToken ct)
    {
        await using var command = connection.Command(transaction, """
            SELECT d.doc, d.kind, d.owner_id, d.acl, d.record_id, d.at, d.title, d.body
            FROM core_search s CROSS JOIN core_search_doc d ON d.doc = s.rowid
            WHERE s.core_search MATCH $wanted AND s.rowid < $before AND s.rowid >= $low AND d.at >= $since AND d.at <= $until
            ORDER BY s.rowid DESC LIMIT $max
            """);
        command.Add("$wanted", Fts5Syntax.Write(wanted));
        command.Add("$before", query.Until is { } last ? Math.Min(_before, DocKey.To(last) + 1) : _before);
        command.Add("$low", query.Since is { } first ? Math.Max(low, DocKey.From(first)) : low);
        command.Add("$since", query.Since is { } since ? StoredText.Time(since) : long.MinValue);
        command.Add("$until", query.Until is { } until ? StoredText.Time(until) : long.MaxValue);
        command.Add("$max", max);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var read = 0;
        for (; await reader.ReadAsync(ct); read++)
        {
            var isSeen = _gate.IsOpen(reader.GetString(1), IdOrNull(reader, 2), reader.GetString(3));
            if (isSeen && _matches.Count == _limit)
                return (End.Full, read);
            _before = reader.GetInt64(0);
            if (isSeen)
                _matches.Add(Match(reader, rank));
        }

        return (read == max ? End.Enough : End.Exhausted, read);
    }

    private static Guid? IdOrNull(DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : StoredDocument.Id((byte[])reader.GetValue(column));

    private static SearchMatch Match(DbDataReader reader, SearchRank rank) => new(
        StoredDocument.Id((byte[])reader.GetValue(4)),
        reader.GetString(1),
        reader.GetString(6),
        reader.GetString(7),
        StoredText.Time(reader.GetInt64(5)),
        rank);
}
