using Crm.Abstractions.Search;
using Crm.Kernel.Search;
using Xunit;

namespace Crm.Kernel.Tests.Search;

/// <summary>What the tests of the index share.</summary>
public abstract class SearchTests(ISearchDatabase database) : IAsyncLifetime
{
    private protected static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private protected static readonly CancellationToken Ct = CancellationToken.None;

    private protected ISearchDatabase Database => database;

    public Task InitializeAsync() => database.Index.ClearAsync(database.Connection, null, Ct);

    public Task DisposeAsync() => Task.CompletedTask;

    private protected static SearchDocument Doc(
        string title, string body = "", string kind = "note", string[]? acl = null, Guid? owner = null, int minutes = 0) =>
        new(Guid.CreateVersion7(), kind, title, body, acl ?? [], owner, Noon.AddMinutes(minutes));

    private protected static SearchQuery Ask(string text, bool typing = false) =>
        new(text, ["note"], new Dictionary<string, IReadOnlyList<string>?> { ["note"] = null }, null, null, null, 20, null, typing);

    private protected static SearchQuery As(SearchQuery query, params string[] tokens) =>
        query with { AclByKind = query.Kinds.ToDictionary(k => k, IReadOnlyList<string>? (_) => tokens) };

    private protected async Task<SearchDocument> PutAsync(SearchDocument document)
    {
        await PutAllAsync([document]);
        return document;
    }

    private protected async Task PutAllAsync(IReadOnlyList<SearchDocument> documents)
    {
        await using var transaction = await database.Connection.BeginTransactionAsync();
        foreach (var chunk in documents.Chunk(500))
            await database.Index.PutAsync(database.Connection, transaction, chunk, Ct);
        await transaction.CommitAsync();
    }

    private protected Task<SearchPage> PageAsync(SearchQuery query) =>
        database.Index.QueryAsync(database.Connection, null, query, Ct);

    private protected async Task<List<Guid>> FindAsync(SearchQuery query) =>
        [.. (await PageAsync(query)).Matches.Select(m => m.Id)];

    private protected Task<List<Guid>> FindAsync(string text, bool typing = false) => FindAsync(Ask(text, typing));

    private protected async Task<List<SearchMatch>> AllPagesAsync(SearchQuery query)
    {
        var all = new List<SearchMatch>();
        for (var page = await PageAsync(query); ; page = await PageAsync(query with { After = page.Next }))
        {
            all.AddRange(page.Matches);
            if (page.Next is null)
                return all;
        }
    }
}
