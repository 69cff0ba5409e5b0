using System.Data.Common;
using System.Runtime.CompilerServices;
using Crm.Abstractions.Search;

namespace Crm.Kernel.Search;

/// <summary>Full text by PostgreSQL's tsvector.</summary>
internal sealed class PostgresSearchIndex(int blockSize = PostgresBlocks.Size) : ISearchIndex
{
    private const string Columns = "record_id, kind, owner_id, at, title, acl, body";
    private static readonly TimeSpan _hold = TimeSpan.FromMinutes(5);
    private readonly PostgresBlocks _blocks = new(blockSize);
    private WordStatistics? _statistics;

    public IReadOnlyList<string> Schema => [.. PostgresSchema.Statements, .. PostgresSchema.ByBlock];

    public async Task PutAsync(
        DbConnection connection, DbTransaction? transaction, IReadOnlyList<SearchDocument> documents, CancellationToken ct)
    {
        var clean = StoredText.Clean(documents);
        // Always in the same order, so that two writers wait for each other and never both.
        clean.Sort((a, b) => a.Id.CompareTo(b.Id));
        await using var command = connection.Command(transaction, $"""
            INSERT INTO core_search_doc AS d ({Columns}, words, block)
            SELECT id, kind, owner, at, title, acl, body, words::tsvector, {PostgresBlocks.Of}
            FROM unnest(@id, @kind, @owner, @at, @title, @acl, @body, @words)
                AS n(id, kind, owner, at, title, acl, body, words)
            ON CONFLICT (record_id) DO UPDATE SET kind = excluded.kind, owner_id = excluded.owner_id, at = excluded.at,
                title = excluded.title, acl = excluded.acl, body = excluded.body, words = excluded.words,
                block = excluded.block
            WHERE (d.kind, d.at, d.title, d.acl, d.body) <> (excluded.kind, excluded.at, excluded.title, excluded.acl, excluded.body)
                OR d.owner_id IS DISTINCT FROM excluded.owner_id
            """);
        command.Add("id", clean.ConvertAll(d => d.Id).ToArray());
        command.Add("kind", clean.ConvertAll(d => d.Kind).ToArray());
        command.Add("owner", clean.ConvertAll(d => d.OwnerId).ToArray());
        command.Add("at", clean.ConvertAll(d => StoredText.Time(d.At)).ToArray());
        command.Add("title", clean.ConvertAll(d => d.Title).ToArray());
        command.Add("acl", clean.ConvertAll(d => StoredText.Acl(d.Acl)).ToArray());
        command.Add("body", clean.ConvertAll(d => d.Body).ToArray());
        command.Add("words", clean.ConvertAll(d => TsVector.Write(new(d.Title, d.Body), d)).ToArray());
        await command.ExecuteNonQueryAsync(ct);
        await _blocks.WroteAsync(connection, transaction, clean.Count, ct);
    }

    public Task OutlineAsync(
        DbConnection connection, DbTransaction? transaction, IAsyncEnumerable<(DateTimeOffset At, Guid Id)> places, CancellationToken ct) =>
        _blocks.OutlineAsync(connection, transaction, places, ct);

    public async Task RemoveAsync(
        DbConnection connection, DbTransaction? transaction, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        await using var command = connection.Command(transaction, "DELETE FROM core_search_doc WHERE record_id = ANY(@ids)");
        command.Add("ids", ids.ToArray());
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task SetAclAsync(
        DbConnection connection, DbTransaction? transaction, IReadOnlyList<SearchAcl> changes, CancellationToken ct)
    {
        var byId = StoredText.ById(changes);
        var documents = new List<SearchDocument>();
        await using (var command = connection.Command(
            transaction, $"SELECT {Columns} FROM core_search_doc WHERE record_id = ANY(@ids) ORDER BY record_id FOR UPDATE"))
        {
            command.Add("ids", byId.Keys.ToArray());
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                var document = Read(reader);
                documents.Add(document with { Acl = byId[document.Id].Acl, OwnerId = byId[document.Id].OwnerId });
            }
        }

        await PutAsync(connection, transaction, documents, ct);
    }

    public async Task<SearchPage> QueryAsync(
        DbConnection connection, DbTransaction? transaction, SearchQuery query, CancellationToken ct)
    {
        // Before the first ones are made, which takes a minute or two, each search asks for them.
        if (_statistics is not { IsMade: true } statistics || TimeProvider.System.GetElapsedTime(statistics.ReadAt) > _hold)
            _statistics = statistics = await WordStatistics.ReadAsync(connection, transaction, ct);
        return await new PostgresReader(connection, transaction, query, statistics, blockSize).ReadAsync(ct);
    }

    public async IAsyncEnumerable<SearchDocument> ReadAsync(
        DbConnection connection, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = connection.Command(null, $"SELECT {Columns} FROM core_search_doc");
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            yield return Read(reader);
    }

    public async Task<SearchCheck> CheckAsync(DbConnection connection, CancellationToken ct)
    {
        var documents = await connection.CountAsync("SELECT count(*) FROM core_search_doc", ct);
        // A document that doesn't carry its own kind among its words has lost them.
        var wordless = await connection.CountAsync(
            $"SELECT count(*) FROM core_search_doc WHERE NOT words @@ ('''_k' || kind || '''')::tsquery AND kind ~ '^[a-z0-9.-]*$'", ct);
        return new(documents, wordless == 0 ? [] : [$"{wordless} documents have no words in the index."]);
    }

    public async Task ClearAsync(DbConnection connection, DbTransaction? transaction, CancellationToken ct)
    {
        await connection.RunAsync(transaction, "DELETE FROM core_search_doc", ct);
        await connection.RunAsync(transaction, "DELETE FROM core_search_block", ct);
    }

    private static SearchDocument Read(DbDataReader reader) => new(
        reader.GetGuid(0),
        reader.GetString(1),
        reader.GetString(4),
        reader.GetString(6),
        StoredText.Acl(reader.GetString(5)),
        reader.IsDBNull(2) ? null : reader.GetGuid(2),
        StoredText.Time(reader.GetInt64(3)));
}
