using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Crm.Kernel.Tests.Api;

/// <summary>Calls to the API, short.</summary>
internal static class ApiWords
{
    public static async Task<(HttpResponseMessage Answer, JsonNode? Json)> SendAsync(
        this HttpClient client, HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body as string ?? System.Text.Json.JsonSerializer.Serialize(body), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public static async Task<JsonNode> MadeAsync(this HttpClient client, string plural, object body)
    {
        var (answer, json) = await client.SendAsync(HttpMethod.Post, $"/api/v1/{plural}", body);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, json?.ToJsonString());
        return json!;
    }

    public static async Task<JsonNode> GotAsync(this HttpClient client, string path)
    {
        var (answer, json) = await client.SendAsync(HttpMethod.Get, path);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode} {json?.ToJsonString()}");
        return json!;
    }

    /// <summary>Asserts a problem of a status, and gives its last word.</summary>
    public static async Task<JsonNode> RefusedAsync(
        this HttpClient client, int status, HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        var (answer, json) = await client.SendAsync(method, path, body, headers);
        Assert.True((int)answer.StatusCode == status, $"{method} {path}: {(int)answer.StatusCode} {json?.ToJsonString()}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(status, json!["status"]!.GetValue<int>());
        Assert.StartsWith("/problems/", json["type"]!.GetValue<string>(), StringComparison.Ordinal);
        return json;
    }

    public static string Id(this JsonNode record) => record["id"]!.GetValue<string>();

    public static List<string> Titles(this JsonNode page) => page["items"]!.AsArray().Select(i => i!["title"]!.GetValue<string>()).ToList();
}
