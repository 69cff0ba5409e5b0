using System.Data.Common;
using Crm.Abstractions.Search;

namespace Crm.Kernel.Search;

/// <summary>
/// Answers one query from PostgreSQL. Its word index knows no order: few hits are taken from it and sorted, of many
/// hits the newest documents are read one after the other until the page is full.
/// </summary>
internal sealed class PostgresReader(DbConnection connection, DbTransaction? transaction, SearchQuery query)
{
    // Below the first number the word index answers at once. Above it, as the estimate is often far too low for words
    // that come together or exclude each other, the newest documents are read first; above the second some more.
    private const double Few = 300;
    private const double Many = 5_000;
    private const int FirstStep = 2_000;
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(400);

    private readonly int _limit = Math.Clamp(query.Limit, 1, 200);
    private readonly QueryText _text = QueryText.Read(query.Text, query.LastWordIsPrefix);
    private readonly List<SearchMatch> _matches = [];
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private Cursor _last;

    public async Task<SearchPage> ReadAsync(CancellationToken ct)
    {
        var from = query.After is null ? Cursor.StartOf(SearchRank.WholeTitle) : Cursor.Read(query.After);
        if (Reach.Of(query) is not { } reach || _text.Terms.Count == 0)
            return SearchPage.Empty;
        foreach (var (rank, wanted) in Ranks.Of(_text).Where(r => r.Rank >= from.Rank))
        {
            _last = rank == from.Rank ? from : Cursor.StartOf(rank);
            var words = TsQuerySyntax.Write(Wanted.AllOf(wanted, reach));
            var more = await ReadRankAsync(words, ct);
            if (more is not false)
                return new(_matches, _last.ToString(), more is null);
        }

        return new(_matches, null, false);
    }

    private async Task<bool?> ReadRankAsync(string words, CancellationToken ct)
    {
        var estimate = await EstimateAsync(words, ct);
        if (estimate <= Few)
            return await SortAsync(words, ct);
        // A phrase's neighbours are compared document by document: of too many not all can be.
        var onlyWalk = estimate > Many && _text.Terms.Any(t => t.Tokens.Count > 1);
        var steps = onlyWalk ? int.MaxValue : estimate > Many ? 2 : 1;
        var more = await WalkAsync(words, steps, ct);
        return more is null && !onlyWalk ? await SortAsync(words, ct) : more;
    }

    // The planner's own guess, from the statistics of the words; it costs no reading.
    private async Task<double> EstimateAsync(string words, CancellationToken ct)
    {
        await using var command = connection.Command(
            transaction, "EXPLAIN (FORMAT JSON) SELECT 1 FROM core_search_doc WHERE words @@ @words::tsquery AND at BETWEEN @since AND @until");
        AddFilter(command, words);
        using var plan = System.Text.Json.JsonDocument.Parse((string)(await command.ExecuteScalarAsync(ct))!);
        return plan.RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetDouble();
    }

    private async Task<bool?> SortAsync(string words, CancellationToken ct)
    {
        await using var command = connection.Command(transaction, """
            WITH hit AS MATERIALIZED (
                SELECT at, record_id FROM core_search_doc
                WHERE words @@ @words::tsquery AND at BETWEEN @since AND @until)
            SELECT d.record_id, d.kind, d.title, d.body, d.at
            FROM (SELECT * FROM hit WHERE (at, record_id) < (@at, @id) ORDER BY at DESC, record_id DESC LIMIT @limit) h
            JOIN core_search_doc d USING (record_id)
            ORDER BY d.at DESC, d.record_id DESC
            """);
        AddFilter(command, words);
        AddPlace(command, _last);
        return await TakeAsync(command, ct);
    }

    // Null: not at the end when it stopped, after its steps or out of patience.
    private async Task<bool?> WalkAsync(string words, int steps, CancellationToken ct)
    {
        for (var step = FirstStep; ; step *= 2)
        {
            var start = _last;
            await using var command = connection.Command(transaction, """
                SELECT record_id, kind, title, body, at
                FROM (SELECT * FROM core_search_doc
                      WHERE (at, record_id) < (@at, @id) AND at BETWEEN @since AND @until
                      ORDER BY at DESC, record_id DESC LIMIT @step) newest
                WHERE words @@ @words::tsquery
                ORDER BY at DESC, record_id DESC LIMIT @limit
                """);
            AddFilter(command, words);
            AddPlace(command, _last);
            command.Add("step", step);
            if (await TakeAsync(command, ct))
                return true;
            if (!await PassAsync(start, step, ct))
                return false;
            if (--steps == 0 || TimeProvider.System.GetElapsedTime(_began) > _patience)
                return null;
        }
    }

    // Goes on behind the documents that one step has looked at; false when there are no more.
    private async Task<bool> PassAsync(Cursor start, int step, CancellationToken ct)
    {
        await using var command = connection.Command(transaction, """
            SELECT at, record_id FROM core_search_doc
            WHERE (at, record_id) < (@at, @id) AND at BETWEEN @since AND @until
            ORDER BY at DESC, record_id DESC OFFSET @step - 1 LIMIT 1
            """);
        AddFilter(command, null);
        AddPlace(command, start);
        command.Add("step", step);
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
            return false;
        _last = _last with { Key = reader.GetInt64(0), Id = reader.GetGuid(1) };
        return true;
    }

    private void AddFilter(DbCommand command, string? words)
    {
        if (words is not null)
            command.Add("words", words);
        command.Add("since", query.Since is { } since ? StoredText.Time(since) : long.MinValue);
        command.Add("until", query.Until is { } until ? StoredText.Time(until) : long.MaxValue);
    }

    private void AddPlace(DbCommand command, Cursor place)
    {
        command.Add("at", place.Key);
        command.Add("id", place.Id);
        command.Add("limit", _limit - _matches.Count + 1);
    }

    // True when there is one more than the page holds.
    private async Task<bool> TakeAsync(DbCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (_matches.Count == _limit)
                return true;
            var at = reader.GetInt64(4);
            _last = _last with { Key = at, Id = reader.GetGuid(0) };
            _matches.Add(new(
                _last.Id, reader.GetString(1), reader.GetString(2), reader.GetString(3), StoredText.Time(at), _last.Rank));
        }

        return false;
    }
}
