using System.Net;
using System.Text.RegularExpressions;

namespace Crm.Testing;

/// <summary>A signed-in browser without script: cookies, pages, forms with their anti-forgery token.</summary>
public sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http;

    private Browser(Uri address) =>
        _http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = address };

    /// <summary>Signs a test user in.</summary>
    /// <param name="host">The server.</param>
    /// <param name="name">The name that <see cref="People.UserAsync"/> was given.</param>
    public static async Task<Browser> SignInAsync(CrmHost host, string name)
    {
        ArgumentNullException.ThrowIfNull(host);
        var browser = new Browser(host.Address);
        var answer = await browser.PostAsync("/login", "/login", new() { ["Input.Email"] = $"{name}@example.org", ["Input.Password"] = People.Password, ["Input.Remember"] = "false" });
        if (answer.StatusCode != HttpStatusCode.Redirect)
            throw new InvalidOperationException($"{name} could not sign in: {(int)answer.StatusCode}.");
        return browser;
    }

    /// <summary>Gets a page.</summary>
    /// <param name="url">Its address.</param>
    public Task<HttpResponseMessage> GetAsync(string url) => _http.GetAsync(new Uri(url, UriKind.RelativeOrAbsolute));

    /// <summary>Gets a page's text; an empty one where the answer isn't 200.</summary>
    /// <param name="url">Its address.</param>
    public async Task<string> TextAsync(string url)
    {
        using var answer = await GetAsync(url);
        return answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadAsStringAsync() : "";
    }

    /// <summary>Sends a form.</summary>
    /// <param name="page">The page whose token goes along.</param>
    /// <param name="url">Where it is sent.</param>
    /// <param name="fields">The values.</param>
    public async Task<HttpResponseMessage> PostAsync(string page, string url, Dictionary<string, string> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var form = new Dictionary<string, string>(fields) { ["__RequestVerificationToken"] = Token().Match(await TextAsync(page)).Groups[1].Value };
        using var body = new FormUrlEncodedContent(form);
        return await _http.PostAsync(new Uri(url, UriKind.RelativeOrAbsolute), body);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    [GeneratedRegex("name=\"csrf-token\" content=\"([^\"]+)\"")]
    private static partial Regex Token();
}
