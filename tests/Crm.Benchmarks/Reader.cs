using System.Net;
using System.Net.Http.Headers;
using Crm.Testing;

namespace Crm.Benchmarks;

/// <summary>Who reads the company, and how much of it the largest owner has.</summary>
internal sealed record Readers(ReaderCard Administrator, ReaderCard Salesperson, int LargestCount);

/// <summary>A user of the company before he is at a server.</summary>
/// <param name="Token">Of the API.</param>
/// <param name="Seen">Some of the people whom he sees.</param>
internal sealed record ReaderCard(string Name, string User, string Token, IReadOnlyList<Guid> Seen)
{
    public async Task<Reader> OpenAsync(Uri address)
    {
        var api = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = address };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return new Reader(Name, await Browser.SignedInAsync(address, User), api, Seen);
    }
}

/// <summary>Somebody who is signed in, by page and by API; several sessions of his may run at once.</summary>
internal sealed class Reader(string name, Browser browser, HttpClient api, IReadOnlyList<Guid> seen) : IDisposable
{
    public string Name { get; } = name;

    /// <summary>Some of the people whom he sees.</summary>
    public IReadOnlyList<Guid> Seen { get; } = seen;

    public HttpClient Api { get; } = api;

    public Task<string> PageAsync(string url) => browser.ReadAsync(url);

    // What is measured is read to its end and not made text of: on the server's own cores that would be measured, too.
    public Task TakeAsync(string url) => browser.TakeAsync(url);

    public Task TakePieceAsync(string url) => browser.TakeAsync(url, isPiece: true);

    public async Task AskAsync(string url)
    {
        using var answer = await Api.GetAsync(new Uri(url, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        if (answer.StatusCode != HttpStatusCode.OK)
            throw new InvalidOperationException($"{url} answers {answer.StatusCode} to the {Name}.");
        await answer.Content.CopyToAsync(Stream.Null);
    }

    public void Dispose()
    {
        browser.Dispose();
        Api.Dispose();
    }
}
