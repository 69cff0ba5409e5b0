using System.Net;
using System.Text.RegularExpressions;
using Crm.Testing;

namespace Crm.Kernel.Tests.RecordPages;

/// <summary>A browser that somebody has signed in with, as far as pages without script go.</summary>
internal sealed partial class Browser(CrmHost host) : IDisposable
{
    private readonly HttpClient _client = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = host.Address };
    private string _token = "";

    public static async Task<Browser> SignInAsync(CrmHost host, string name)
    {
        var browser = new Browser(host);
        await browser.TextAsync("/login");
        var answer = await browser.PostAsync("/login", new() { ["Input.Email"] = $"{name}@example.org", ["Input.Password"] = People.Password });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await browser.TextAsync("/");
        return browser;
    }

    public Task<HttpResponseMessage> GetAsync(string url, bool fragment = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (fragment)
            request.Headers.Add("HX-Request", "true");
        return _client.SendAsync(request);
    }

    public async Task<string> TextAsync(string url, bool fragment = false)
    {
        var answer = await GetAsync(url, fragment);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{url} answered {(int)answer.StatusCode}: {text}");
        if (Token().Match(text) is { Success: true } found)
            _token = WebUtility.HtmlDecode(found.Groups["token"].Value);
        return text;
    }

    public async Task<HttpResponseMessage> PostAsync(string url, Dictionary<string, string> form, bool fragment = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new FormUrlEncodedContent(form.Append(new("__RequestVerificationToken", _token))) };
        if (fragment)
            request.Headers.Add("HX-Request", "true");
        return await _client.SendAsync(request);
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("name=\"csrf-token\" content=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
