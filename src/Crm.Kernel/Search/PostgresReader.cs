using System.Data.Common;
using Crm.Abstractions.Search;

namespace Crm.Kernel.Search;

/// <summary>
/// Answers one query from PostgreSQL. Few hits are taken from the word index and sorted, all ranks at once; of many,
/// each rank is read block by block, the newest first, until the page is full.
/// </summary>
internal sealed class PostgresReader(
    DbConnection connection, DbTransaction? transaction, SearchQuery query, WordStatistics statistics, int blockSize)
{
    // So many documents are taken from the index and sorted sooner than looked for block by block.
    private const double Few = 1_500;

    // So many of a block's documents should one step bring at most, however few it brought before.
    private const double Most = 4_000;

    // Of words that are still typed, so many documents' words are listed by the index in the time in which one block is read.
    private const double ListedInABlock = 5_000;

    // Documents may stand that much lower than their time says: written while a block was opened.
    private const int Slack = 64;
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(400);

    private readonly int _limit = Math.Clamp(query.Limit, 1, 200);
    private readonly QueryText _text = QueryText.Read(query.Text, query.LastWordIsPrefix);
    private readonly List<SearchMatch> _matches = [];
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private (int Lowest, int Highest)? _blocks;
    private PostgresReach _reach = null!;
    private Cursor _last;

    private enum End
    {
        Exhausted,
        Full,
        Enough,
        OutOfPatience,
    }

    public async Task<SearchPage> ReadAsync(CancellationToken ct)
    {
        _last = query.After is null ? Cursor.StartOf(SearchRank.WholeTitle) : Cursor.Read(query.After);
        if (_text.Terms.Count == 0 || PostgresReach.Of(query, statistics) is not { } reach)
            return SearchPage.Empty;
        _reach = reach;
        var typed = await TypedAsync(ct);
        if (typed is null && IsFew(_reach.With(Ranks.Widest(_text))!))
            return Page(await SortAllAsync(ct));
        var from = _last;
        foreach (var (rank, wanted) in Ranks.Of(_text).Where(r => r.Rank >= from.Rank))
        {
            _last = rank == from.Rank ? from : Cursor.StartOf(rank);
            var end = await ReadRankAsync(wanted, typed ?? 0, ct);
            if (end != End.Exhausted)
                return Page(end);
        }

        return Page(End.Exhausted);
    }

    private SearchPage Page(End end) => new(_matches, end == End.Exhausted ? null : _last.ToString(), end == End.OutOfPatience);

    // The statistics know few of the beginnings of words. Where nothing else narrows the hits, the newest documents are
    // asked how many have one; null where that is none to speak of.
    private async Task<double?> TypedAsync(CancellationToken ct)
    {
        var widest = Ranks.Widest(_text);
        if (!widest.HasPrefix || (_reach.With(widest.WholeWords) is { } whole && IsFew(whole)) || !IsFew(_reach.With(widest)!))
            return null;
        await using var command = connection.Command(transaction, """
            SELECT count(*) FROM (
                SELECT words FROM core_search_doc ORDER BY block DESC, at DESC, record_id DESC LIMIT @size) newest
            WHERE words @@ @words::tsquery
            """);
        command.Add("size", blockSize);
        command.Add("words", TsQuerySyntax.Write(widest));
        var part = (long)(await command.ExecuteScalarAsync(ct))! / (double)blockSize;
        return part * statistics.Documents > Few ? part : null;
    }

    private async Task<End> ReadRankAsync(Wanted wanted, double typed, CancellationToken ct)
    {
        if (!wanted.HasPrefix)
        {
            var all = _reach.With(wanted)!;
            return IsFew(all) ? await SortAsync(wanted, ct) : await WalkAsync(all, null, int.MaxValue, ct);
        }

        // Of words that are still typed the index lists all that there are before it gives one: the newest blocks are
        // read by what else is known, as far as that costs no more.
        var whole = _reach.With(wanted.WholeWords);
        var listed = Math.Max(statistics.AtMost(wanted), typed) * statistics.Documents / ListedInABlock;
        var end = await WalkAsync(whole, wanted, (int)Math.Clamp(listed / (whole is null ? 1 : statistics.Likely(whole)), 2, int.MaxValue), ct);
        return end == End.Enough ? await SortAsync(wanted, ct) : end;
    }

    private bool IsFew(Wanted wanted)
    {
        // Words that the statistics don't have are few by what that says.
        var few = Math.Max(Few, statistics.IsMade ? 3 * statistics.Rare * statistics.Documents : 0);
        var atMost = statistics.AtMost(wanted) * statistics.Documents;
        return atMost <= few || (atMost <= 10 * few && statistics.Likely(wanted) * statistics.Documents <= few / 4);
    }

    private async Task<End> SortAllAsync(CancellationToken ct)
    {
        var ranks = Ranks.Inclusive(_text);
        await using var command = connection.Command(transaction, $"""
            WITH hit AS MATERIALIZED (
                SELECT record_id, block, at,
                    CASE {string.Concat(ranks.Select(r => $"WHEN words @@ @rank{(int)r.Rank}::tsquery THEN {(int)r.Rank} "))}END AS rank
                FROM core_search_doc WHERE words @@ @words::tsquery AND {_reach.Filter})
            SELECT d.record_id, d.kind, d.title, d.body, d.at, d.block, h.rank
            FROM (SELECT * FROM hit
                  WHERE rank > @rank OR (rank = @rank AND (block, at, record_id) < (@block, @at, @id))
                  ORDER BY rank, block DESC, at DESC, record_id DESC LIMIT @limit) h
            JOIN core_search_doc d USING (record_id)
            ORDER BY h.rank, d.block DESC, d.at DESC, d.record_id DESC
            """);
        foreach (var (rank, wanted) in ranks)
            command.Add($"rank{(int)rank}", TsQuerySyntax.Write(wanted));
        command.Add("rank", (int)_last.Rank);
        AddTo(command, _reach.With(Cheapest(Ranks.Widest(_text))));
        return await TakeAsync(command, ct);
    }

    private async Task<End> SortAsync(Wanted wanted, CancellationToken ct)
    {
        var index = Cheapest(wanted);
        var filter = index == wanted ? null : wanted;
        await using var command = Command($"words @@ @words::tsquery{Filter(filter)}", "core_search_doc");
        AddTo(command, _reach.With(index), filter);
        return await TakeAsync(command, ct);
    }

    // Few documents with the whole words are read sooner than the index lists all words that begin as the last one does.
    private Wanted Cheapest(Wanted wanted) =>
        wanted.HasPrefix && wanted.WholeWords is { } whole && 2 * statistics.Likely(whole) < statistics.Typed(wanted) ? whole : wanted;

    // Enough: not at the end when it had read as many blocks as it was to.
    private async Task<End> WalkAsync(Wanted? index, Wanted? filter, int most, CancellationToken ct)
    {
        var (lowest, highest) = _blocks ??= await BlocksAsync(ct);
        var each = Math.Max(0.001, blockSize * (index is null ? 1 : statistics.Likely(index)) * (filter is null ? 1 : statistics.Likely(filter)));
        var step = (int)Math.Clamp(2 * (_limit - _matches.Count) / each, 1, 64);
        var cap = (int)Math.Clamp(Most / each, 128, int.MaxValue / 4);
        for (var high = Math.Min(highest, _last.Block); high >= lowest; step = Math.Min(step * 4, cap))
        {
            if (most <= 0)
                return End.Enough;
            if (TimeProvider.System.GetElapsedTime(_began) > _patience)
                return End.OutOfPatience;
            var low = Math.Max(lowest, high - Math.Min(step, most) + 1);
            if (await StepAsync(index, filter, low, high, ct) == End.Full)
                return End.Full;
            most -= high - low + 1;
            high = low - 1;
            _last = Cursor.StartOf(_last.Rank) with { Block = high };
        }

        return End.Exhausted;
    }

    private async Task<End> StepAsync(Wanted? index, Wanted? filter, int low, int high, CancellationToken ct)
    {
        await using var command = index is null
            ? Command($"true{Filter(filter)}", "(SELECT * FROM core_search_doc WHERE block BETWEEN @low AND @high OFFSET 0) d")
            : Command($"words @@ @words::tsquery AND {PostgresSchema.Blocks} && @blocks{Filter(filter)}", "core_search_doc");
        AddTo(command, index, filter);
        if (index is not null)
            command.Add("blocks", PostgresBlocks.Names(low, high));
        else
        {
            command.Add("low", low);
            command.Add("high", high);
        }

        return await TakeAsync(command, ct);
    }

    // "IS TRUE" keeps it away from the index.
    private static string Filter(Wanted? filter) => filter is null ? "" : " AND (words @@ @filter::tsquery) IS TRUE";

    private async Task<(int Lowest, int Highest)> BlocksAsync(CancellationToken ct)
    {
        await using var command = connection.Command(transaction, """
            SELECT
                COALESCE((SELECT block FROM core_search_block WHERE at < @since ORDER BY at DESC, record_id DESC LIMIT 1), 0),
                COALESCE((SELECT block FROM core_search_block WHERE at <= @until ORDER BY at DESC, record_id DESC LIMIT 1), 0)
            """);
        command.Add("since", query.Since is { } since ? StoredText.Time(since) : long.MinValue);
        command.Add("until", query.Until is { } until ? StoredText.Time(until) : long.MaxValue);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (Math.Max(0, reader.GetInt32(0) - Slack), reader.GetInt32(1));
    }

    private DbCommand Command(string hits, string from) => connection.Command(transaction, $"""
        WITH hit AS MATERIALIZED (SELECT record_id, block, at FROM {from} WHERE {hits} AND {_reach.Filter})
        SELECT d.record_id, d.kind, d.title, d.body, d.at, d.block, @rank AS rank
        FROM (SELECT * FROM hit WHERE (block, at, record_id) < (@block, @at, @id)
              ORDER BY block DESC, at DESC, record_id DESC LIMIT @limit) h
        JOIN core_search_doc d USING (record_id)
        ORDER BY d.block DESC, d.at DESC, d.record_id DESC
        """);

    private void AddTo(DbCommand command, Wanted? wanted, Wanted? filter = null)
    {
        if (!command.Parameters.Contains("rank"))
            command.Add("rank", (int)_last.Rank);
        if (wanted is not null)
            command.Add("words", TsQuerySyntax.Write(wanted));
        if (filter is not null)
            command.Add("filter", TsQuerySyntax.Write(filter));
        _reach.AddTo(command);
        command.Add("block", _last.Block);
        command.Add("at", _last.Key);
        command.Add("id", _last.Id);
        command.Add("limit", _limit - _matches.Count + 1);
    }

    // Full: there is one more than the page holds.
    private async Task<End> TakeAsync(DbCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (_matches.Count == _limit)
                return End.Full;
            var at = reader.GetInt64(4);
            _last = new((SearchRank)reader.GetInt32(6), at, reader.GetGuid(0), reader.GetInt32(5));
            _matches.Add(new(
                _last.Id, reader.GetString(1), reader.GetString(2), reader.GetString(3), StoredText.Time(at), _last.Rank));
        }

        return End.Exhausted;
    }
}
