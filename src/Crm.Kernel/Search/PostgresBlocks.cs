using System.Data.Common;

namespace Crm.Kernel.Search;

/// <summary>
/// Cuts the documents, in order of time, into blocks. A new block is opened above the newest document when the last one
/// is full; where many documents of times gone by are to come, they say so before.
/// </summary>
internal sealed class PostgresBlocks(int size = PostgresBlocks.Size)
{
    /// <summary>The documents of a block: what a search of a common word may have to look at for one page.</summary>
    public const int Size = 1_024;

    /// <summary>The block of a document n that is written.</summary>
    public const string Of = """
        COALESCE((
            SELECT b.block FROM core_search_block b WHERE (b.at, b.record_id) < (n.at, n.id)
            ORDER BY b.at DESC, b.record_id DESC LIMIT 1), 0)
        """;

    // So many in a row have a name together.
    private const int Row = 16;

    private int _written;

    /// <summary>The names in the word index of the blocks between two, rows of them by their common name.</summary>
    public static int[] Names(int low, int high)
    {
        var names = new List<int>();
        for (var block = low; block <= high;)
        {
            var isRow = block % Row == 0 && block + Row - 1 <= high;
            names.Add(isRow ? -1 - (block / Row) : block);
            block += isRow ? Row : 1;
        }

        return [.. names];
    }

    /// <summary>Told of documents that were written: opens a block now and then.</summary>
    public async Task WroteAsync(DbConnection connection, DbTransaction? transaction, int documents, CancellationToken ct)
    {
        if (Interlocked.Add(ref _written, documents) < size / 4)
            return;
        Interlocked.Exchange(ref _written, 0);
        await using var command = connection.Command(transaction, """
            INSERT INTO core_search_block (block, at, record_id)
            SELECT last.block + 1, newest.at, newest.record_id
            FROM (SELECT COALESCE(max(block), 0) AS block FROM core_search_block) last
            CROSS JOIN LATERAL (
                SELECT d.at, d.record_id FROM core_search_doc d WHERE d.block = last.block
                ORDER BY d.at DESC, d.record_id DESC LIMIT 1) newest
            WHERE (SELECT count(*) FROM (SELECT FROM core_search_doc d WHERE d.block = last.block LIMIT @size) f) = @size
            ON CONFLICT DO NOTHING
            """);
        command.Add("size", size);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Opens the blocks of an empty index for documents that are to come, given by their places, oldest first.</summary>
    public async Task OutlineAsync(
        DbConnection connection, DbTransaction? transaction, IAsyncEnumerable<(DateTimeOffset At, Guid Id)> places, CancellationToken ct)
    {
        var (times, ids) = (new List<long>(), new List<Guid>());
        var number = 0;
        await foreach (var (at, id) in places.WithCancellation(ct))
        {
            if (++number % size != 0)
                continue;
            times.Add(StoredText.Time(at));
            ids.Add(id);
        }

        await using var command = connection.Command(transaction, """
            INSERT INTO core_search_block (block, at, record_id)
            SELECT row_number() OVER (ORDER BY at, id), at, id FROM unnest(@at, @id) AS n(at, id)
            WHERE NOT EXISTS (SELECT FROM core_search_doc) AND NOT EXISTS (SELECT FROM core_search_block)
            ON CONFLICT DO NOTHING
            """);
        command.Add("at", times.ToArray());
        command.Add("id", ids.ToArray());
        await command.ExecuteNonQueryAsync(ct);
    }
}
