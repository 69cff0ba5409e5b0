using System.Net;
using System.Text.RegularExpressions;

namespace Crm.Testing;

/// <summary>Somebody at a browser: keeps cookies, does not follow redirects, fills forms in as the page gives them.</summary>
public sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http;

    /// <summary>Opens a browser on a server.</summary>
    /// <param name="host">The server.</param>
    public Browser(CrmHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        _http = At(host.Address);
    }

    /// <summary>Opens a browser on a server that is a process of its own.</summary>
    /// <param name="address">Where it listens.</param>
    public Browser(Uri address) => _http = At(address);

    /// <summary>Signs a test user in by the page.</summary>
    /// <param name="host">The server.</param>
    /// <param name="name">His name, as <see cref="People.UserAsync"/> had it.</param>
    public static async Task<Browser> SignedInAsync(CrmHost host, string name)
    {
        ArgumentNullException.ThrowIfNull(host);
        return await SignedInAsync(host.Address, name);
    }

    /// <summary>Signs a test user in by the page of a server that is a process of its own.</summary>
    /// <param name="address">Where it listens.</param>
    /// <param name="name">His name, as <see cref="People.UserAsync"/> had it.</param>
    public static async Task<Browser> SignedInAsync(Uri address, string name)
    {
        var browser = new Browser(address);
        using var answer = await browser.SignInAsync($"{name}@example.org", People.Password);
        return answer.StatusCode == HttpStatusCode.Redirect ? browser : throw new InvalidOperationException($"{name} can't sign in: {answer.StatusCode}");
    }

    /// <summary>Gives the sign-in page an address and a password.</summary>
    /// <param name="email">The address.</param>
    /// <param name="password">The password.</param>
    public Task<HttpResponseMessage> SignInAsync(string email, string password) =>
        PostAsync("/login", new() { ["Input.Email"] = email, ["Input.Password"] = password });

    /// <summary>Gets a page.</summary>
    /// <param name="url">From the site's root.</param>
    public Task<HttpResponseMessage> GetAsync(string url) => _http.GetAsync(new Uri(url, UriKind.Relative));

    /// <summary>Gets a page's text; throws where it isn't there.</summary>
    /// <param name="url">From the site's root.</param>
    public async Task<string> ReadAsync(string url)
    {
        using var answer = await GetAsync(url);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{url} answers {answer.StatusCode}.");
    }

    /// <summary>Gets a piece of a page as htmx asks for it; throws where it isn't there.</summary>
    /// <param name="url">From the site's root.</param>
    public async Task<string> PieceAsync(string url)
    {
        using var answer = await AskPieceAsync(url);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{url} answers {answer.StatusCode}.");
    }

    /// <summary>Asks for a piece of a page as htmx does, whatever the answer.</summary>
    /// <param name="url">From the site's root.</param>
    public async Task<HttpResponseMessage> AskPieceAsync(string url)
    {
        using var question = new HttpRequestMessage(HttpMethod.Get, new Uri(url, UriKind.Relative)) { Headers = { { "HX-Request", "true" } } };
        return await _http.SendAsync(question);
    }

    /// <summary>Reads a page, or a piece as htmx asks for it, to its end and keeps nothing of it, as a measure wants; throws where it isn't there.</summary>
    /// <param name="url">From the site's root.</param>
    /// <param name="isPiece">Whether htmx asks.</param>
    public async Task TakeAsync(string url, bool isPiece = false)
    {
        using var question = new HttpRequestMessage(HttpMethod.Get, new Uri(url, UriKind.Relative));
        if (isPiece)
            question.Headers.Add("HX-Request", "true");
        using var answer = await _http.SendAsync(question, HttpCompletionOption.ResponseHeadersRead);
        await answer.Content.CopyToAsync(Stream.Null);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{url} answers {answer.StatusCode}.");
    }

    /// <summary>Opens what is sent bit by bit.</summary>
    /// <param name="url">From the site's root.</param>
    public Task<Stream> OpenAsync(string url) => _http.GetStreamAsync(new Uri(url, UriKind.Relative));

    /// <summary>Opens a page and sends its form.</summary>
    /// <param name="url">Where the form goes.</param>
    /// <param name="fields">What is filled in.</param>
    /// <param name="page">The page that has the form; where it goes, when not given.</param>
    public async Task<HttpResponseMessage> PostAsync(string url, Dictionary<string, string> fields, string? page = null)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var token = Token().Match(await ReadAsync(page ?? url)).Groups["token"].Value;
        return await SendAsync(url, new(fields) { ["__RequestVerificationToken"] = token });
    }

    /// <summary>Sends a form without having opened its page.</summary>
    /// <param name="url">Where it goes.</param>
    /// <param name="fields">What is filled in.</param>
    public async Task<HttpResponseMessage> SendAsync(string url, Dictionary<string, string> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await _http.PostAsync(new Uri(url, UriKind.Relative), content);
    }

    /// <summary>Opens a page and sends something as its scripts do: the token in the header, the answer for htmx.</summary>
    /// <param name="url">Where it goes.</param>
    /// <param name="fields">What is said.</param>
    /// <param name="page">The page.</param>
    public async Task<HttpResponseMessage> DragAsync(string url, Dictionary<string, string> fields, string page)
    {
        using var content = new FormUrlEncodedContent(fields);
        using var question = new HttpRequestMessage(HttpMethod.Post, new Uri(url, UriKind.Relative)) { Content = content, Headers = { { "HX-Request", "true" } } };
        question.Headers.Add("RequestVerificationToken", Token().Match(await ReadAsync(page)).Groups["token"].Value);
        return await _http.SendAsync(question);
    }

    /// <summary>Opens a page and sends its form with a file.</summary>
    /// <param name="url">Where the form is and goes.</param>
    /// <param name="fields">What is filled in.</param>
    /// <param name="fileName">The file's name.</param>
    /// <param name="file">What is in it.</param>
    /// <param name="page">The page that has the form; where it goes, when not given.</param>
    public async Task<HttpResponseMessage> UploadAsync(string url, Dictionary<string, string> fields, string fileName, byte[] file, string? page = null)
    {
        ArgumentNullException.ThrowIfNull(fields);
        using var content = new MultipartFormDataContent { { new StringContent(Token().Match(await ReadAsync(page ?? url)).Groups["token"].Value), "__RequestVerificationToken" } };
        foreach (var (name, value) in fields)
            content.Add(new StringContent(value), name);
        content.Add(new ByteArrayContent(file), "file", fileName);
        return await _http.PostAsync(new Uri(url, UriKind.Relative), content);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static HttpClient At(Uri address) =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = address };

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="(?<token>[^"]+)"|csrf-token" content="(?<token>[^"]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
