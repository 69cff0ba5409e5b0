using System.Data.Common;
using System.Runtime.CompilerServices;
using Crm.Abstractions.Search;

namespace Crm.Kernel.Search;

/// <summary>Full text by SQLite's FTS5.</summary>
internal sealed class SqliteSearchIndex : ISearchIndex
{
    // Pages of the index that one step of settling writes.
    private const int Step = 200;

    public IReadOnlyList<string> Schema => SqliteSchema.Statements;

    public Task PutAsync(
        DbConnection connection, DbTransaction? transaction, IReadOnlyList<SearchDocument> documents, CancellationToken ct) =>
        new SqliteWriter(connection, transaction).PutAsync(StoredText.Clean(documents), ct);

    public Task RemoveAsync(
        DbConnection connection, DbTransaction? transaction, IReadOnlyList<Guid> ids, CancellationToken ct) =>
        new SqliteWriter(connection, transaction).RemoveAsync(ids, ct);

    public Task SetAclAsync(
        DbConnection connection, DbTransaction? transaction, IReadOnlyList<SearchAcl> changes, CancellationToken ct) =>
        new SqliteWriter(connection, transaction).SetAclAsync(StoredText.ById(changes), ct);

    public Task<SearchPage> QueryAsync(
        DbConnection connection, DbTransaction? transaction, SearchQuery query, CancellationToken ct) =>
        new SqliteReader(connection, transaction, query).ReadAsync(ct);

    public async IAsyncEnumerable<SearchDocument> ReadAsync(
        DbConnection connection, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = connection.Command(null, StoredDocument.Select + " ORDER BY doc");
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            yield return StoredDocument.Read(reader).Document;
    }

    public async Task<SearchCheck> CheckAsync(DbConnection connection, CancellationToken ct)
    {
        var faults = new List<string>();
        try
        {
            await connection.RunAsync(null, "INSERT INTO core_search (core_search) VALUES ('integrity-check')", ct);
        }
        catch (DbException e)
        {
            faults.Add($"The word lists are damaged: {e.Message}");
        }

        var documents = await connection.CountAsync("SELECT count(*) FROM core_search_doc", ct);
        var wordless = await connection.CountAsync(
            "SELECT count(*) FROM core_search_doc WHERE doc NOT IN (SELECT id FROM core_search_docsize)", ct);
        var left = await connection.CountAsync(
            "SELECT count(*) FROM core_search_docsize WHERE id NOT IN (SELECT doc FROM core_search_doc)", ct);
        if (wordless > 0)
            faults.Add($"{wordless} documents have no words in the index.");
        if (left > 0)
            faults.Add($"{left} entries of the index belong to no document.");
        return new(documents, faults);
    }

    public async Task<bool> SettleAsync(DbConnection connection, bool isFirst, CancellationToken ct)
    {
        // A removed document's words go when the pieces of the index are merged; a negative number begins to merge them all.
        var before = await connection.CountAsync("SELECT total_changes()", ct);
        await connection.RunAsync(null, $"INSERT INTO core_search (core_search, rank) VALUES ('merge', {(isFirst ? -Step : Step)})", ct);
        return await connection.CountAsync("SELECT total_changes()", ct) - before >= 2;
    }

    public async Task ClearAsync(DbConnection connection, DbTransaction? transaction, CancellationToken ct)
    {
        await connection.RunAsync(transaction, "INSERT INTO core_search (core_search) VALUES ('delete-all')", ct);
        await connection.RunAsync(transaction, "DELETE FROM core_search_doc", ct);
    }
}
