using System.Data.Common;
using Crm.Abstractions.Search;

namespace Crm.Kernel.Search;

/// <summary>Answers one query from SQLite: rank by rank, in each the newest first, until the page is full.</summary>
internal sealed class SqliteReader(DbConnection connection, DbTransaction? transaction, SearchQuery query)
{
    private readonly int _limit = Math.Clamp(query.Limit, 1, 200);
    private readonly List<SearchMatch> _matches = [];
    private Cursor _last;

    public async Task<SearchPage> ReadAsync(CancellationToken ct)
    {
        var from = query.After is null ? Cursor.StartOf(SearchRank.WholeTitle) : Cursor.Read(query.After);
        var ranks = Ranks.Of(QueryText.Read(query.Text, query.LastWordIsPrefix));
        if (Reach.Of(query) is not { } reach)
            return SearchPage.Empty;
        foreach (var (rank, wanted) in ranks.Where(r => r.Rank >= from.Rank))
        {
            var before = rank == from.Rank ? from.Key : long.MaxValue;
            if (await ReadRankAsync(rank, Wanted.AllOf(wanted, reach), before, ct))
                return new(_matches, _last.ToString(), false);
        }

        return new(_matches, null, false);
    }

    // True when there is one more than the page holds.
    private async Task<bool> ReadRankAsync(SearchRank rank, Wanted wanted, long before, CancellationToken ct)
    {
        await using var command = connection.Command(transaction, """
            SELECT d.doc, d.record_id, d.kind, d.title, d.body, d.at
            FROM core_search s CROSS JOIN core_search_doc d ON d.doc = s.rowid
            WHERE s.core_search MATCH $wanted AND s.rowid < $before AND s.rowid >= $from AND d.at >= $since AND d.at <= $until
            ORDER BY s.rowid DESC LIMIT $limit
            """);
        command.Add("$wanted", Fts5Syntax.Write(wanted));
        command.Add("$before", query.Until is { } last ? Math.Min(before, DocKey.To(last) + 1) : before);
        command.Add("$from", query.Since is { } first ? DocKey.From(first) : long.MinValue);
        command.Add("$since", query.Since is { } since ? StoredText.Time(since) : long.MinValue);
        command.Add("$until", query.Until is { } until ? StoredText.Time(until) : long.MaxValue);
        command.Add("$limit", _limit - _matches.Count + 1);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (_matches.Count == _limit)
                return true;
            var id = StoredDocument.Id((byte[])reader.GetValue(1));
            _last = new(rank, reader.GetInt64(0), id);
            _matches.Add(new(
                id, reader.GetString(2), reader.GetString(3), reader.GetString(4), StoredText.Time(reader.GetInt64(5)), rank));
        }

        return false;
    }
}
