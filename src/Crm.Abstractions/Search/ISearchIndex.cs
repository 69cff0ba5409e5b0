using System.Data.Common;

namespace Crm.Abstractions.Search;

/// <summary>
/// The full-text index, kept in the data's own database and written in the data's own transaction, so that what was
/// saved is found by the very next search. A database, or a search library, is one implementation.
/// </summary>
public interface ISearchIndex
{
    /// <summary>The statements that create the index's own tables, in order, for a migration step.</summary>
    IReadOnlyList<string> Schema { get; }

    /// <summary>Adds documents or replaces those with the same id. Where an id comes twice, the last one counts.</summary>
    /// <param name="connection">An open connection to the data.</param>
    /// <param name="transaction">The transaction of the data.</param>
    /// <param name="documents">Up to some thousand documents.</param>
    /// <param name="ct">Ends the work; the transaction must then be rolled back.</param>
    Task PutAsync(
        DbConnection connection, DbTransaction? transaction, IReadOnlyList<SearchDocument> documents, CancellationToken ct);

    /// <summary>Removes documents; an id without a document is skipped.</summary>
    /// <param name="connection">An open connection to the data.</param>
    /// <param name="transaction">The transaction of the data.</param>
    /// <param name="ids">Up to some thousand ids.</param>
    /// <param name="ct">Ends the work; the transaction must then be rolled back.</param>
    Task RemoveAsync(DbConnection connection, DbTransaction? transaction, IReadOnlyList<Guid> ids, CancellationToken ct);

    /// <summary>Changes who finds documents without being given their text; an id without a document is skipped.</summary>
    /// <param name="connection">An open connection to the data.</param>
    /// <param name="transaction">The transaction of the data.</param>
    /// <param name="changes">Up to some thousand changes.</param>
    /// <param name="ct">Ends the work; the transaction must then be rolled back.</param>
    Task SetAclAsync(
        DbConnection connection, DbTransaction? transaction, IReadOnlyList<SearchAcl> changes, CancellationToken ct);

    /// <summary>Finds documents, best first.</summary>
    /// <param name="connection">An open connection to the data.</param>
    /// <param name="transaction">The transaction that is open on the connection, if one is.</param>
    /// <param name="query">The question.</param>
    /// <param name="ct">Ends the search.</param>
    /// <exception cref="FormatException">The cursor is none that this index gave.</exception>
    Task<SearchPage> QueryAsync(
        DbConnection connection, DbTransaction? transaction, SearchQuery query, CancellationToken ct);

    /// <summary>Reads every document in no particular order, to compare it with the data.</summary>
    /// <param name="connection">An open connection to the data.</param>
    /// <param name="ct">Ends the reading.</param>
    IAsyncEnumerable<SearchDocument> ReadAsync(DbConnection connection, CancellationToken ct);

    /// <summary>Checks that the index is whole in itself.</summary>
    /// <param name="connection">An open connection to the data; outside any transaction.</param>
    /// <param name="ct">Ends the check.</param>
    Task<SearchCheck> CheckAsync(DbConnection connection, CancellationToken ct);

    /// <summary>Drops what removed documents left inside the index, a short step at a time; says whether there is more.</summary>
    /// <param name="connection">An open connection to the data; outside any transaction.</param>
    /// <param name="isFirst">True for the first step.</param>
    /// <param name="ct">Ends the work.</param>
    Task<bool> SettleAsync(DbConnection connection, bool isFirst, CancellationToken ct) => Task.FromResult(false);

    /// <summary>Tells an empty index in advance of many documents that will not come in the order of their times.</summary>
    /// <param name="connection">An open connection to the data.</param>
    /// <param name="transaction">The transaction of the data.</param>
    /// <param name="places">The documents' times and ids, or about these, in their order, oldest first.</param>
    /// <param name="ct">Ends the work; the transaction must then be rolled back.</param>
    Task OutlineAsync(
        DbConnection connection, DbTransaction? transaction, IAsyncEnumerable<(DateTimeOffset At, Guid Id)> places, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Empties the index, before it is rebuilt.</summary>
    /// <param name="connection">An open connection to the data.</param>
    /// <param name="transaction">The transaction of the data.</param>
    /// <param name="ct">Ends the work; the transaction must then be rolled back.</param>
    Task ClearAsync(DbConnection connection, DbTransaction? transaction, CancellationToken ct);
}
