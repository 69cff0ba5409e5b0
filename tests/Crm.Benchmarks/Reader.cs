using System.Net;
using Crm.Testing;

namespace Crm.Benchmarks;

/// <summary>Somebody who is signed in, by page and by API; several sessions of his may run at once.</summary>
internal sealed class Reader(string name, Guid id, Browser browser, HttpClient api, IReadOnlyList<Guid> seen) : IDisposable
{
    public string Name { get; } = name;

    public Guid Id { get; } = id;

    /// <summary>Some of the people whom he sees.</summary>
    public IReadOnlyList<Guid> Seen { get; } = seen;

    public HttpClient Api { get; } = api;

    public Task<string> PageAsync(string url) => browser.ReadAsync(url);

    public Task<string> PieceAsync(string url) => browser.PieceAsync(url);

    public async Task AskAsync(string url)
    {
        using var answer = await Api.GetAsync(new Uri(url, UriKind.Relative));
        if (answer.StatusCode != HttpStatusCode.OK)
            throw new InvalidOperationException($"{url} answers {answer.StatusCode} to the {Name}.");
        await answer.Content.ReadAsByteArrayAsync();
    }

    public void Dispose()
    {
        browser.Dispose();
        Api.Dispose();
    }
}
