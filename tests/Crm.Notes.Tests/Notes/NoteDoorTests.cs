using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Crm.Abstractions.Security;
using Crm.Testing;

namespace Crm.Notes.Tests.Notes;

/// <summary>Notes by their short way of the API and by the box: what both databases can keep, and nothing else.</summary>
public abstract class NoteDoorTests(CrmHost host) : IAsyncLifetime
{
    private readonly string _name = $"u{Guid.CreateVersion7():N}";
    private HttpClient _api = null!;
    private Guid _person;

    public async Task InitializeAsync()
    {
        _api = await host.ApiAsync(await new People(host).UserAsync(_name, ReadyRoles.Sales));
        using var made = await _api.PostAsJsonAsync(new Uri("/api/v1/people", UriKind.Relative), new { firstName = "Anna", lastName = "Noted" });
        _person = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    public Task DisposeAsync()
    {
        _api.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(@"a\u0000b")]
    [InlineData(@"half a sign \ud83d here")]
    public async Task A_text_that_no_database_keeps_is_refused_in_words(string escaped)
    {
        using var answer = await _api.PostAsync(Url, new StringContent($"{{\"text\":\"{escaped}\"}}", null, "application/json"));
        var said = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode is 400 or 422, $"{answer.StatusCode} {said}");
        using var browser = await Browser.SignedInAsync(host, _name);
        using var box = await browser.UploadAsync($"/notes/notes/compose/{_person}", new() { ["text"] = "a\0b" }, "x.txt", [1], "/");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, box.StatusCode);
    }

    [Fact]
    public async Task A_title_never_ends_with_half_a_sign()
    {
        foreach (var length in new[] { 77, 78, 79 })
        {
            using var answer = await _api.PostAsJsonAsync(Url, new { text = new string('a', length) + "😀😀 and more of it" });
            var said = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.Created, said);
            var title = JsonDocument.Parse(said).RootElement.GetProperty("title").GetString()!;
            Assert.EndsWith("…", title, StringComparison.Ordinal);
            Assert.DoesNotContain('\uFFFD', title);
        }
    }

    [Fact]
    public async Task Nor_does_the_title_of_any_record()
    {
        foreach (var length in new[] { 96, 97, 98 })
        {
            using var answer = await _api.PostAsJsonAsync(
                new Uri("/api/v1/people", UriKind.Relative), new { firstName = new string('a', 100), middleName = new string('m', 100), lastName = new string('b', length) + "😀", suffix = "Jr." });
            Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task A_note_that_is_sent_again_with_its_key_is_made_once()
    {
        var key = $"k{Guid.CreateVersion7():N}";
        var (status, first) = await SentAsync(key, "Only once");
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal((HttpStatusCode.Created, first), await SentAsync(key, "Only once"));
        var (other, said) = await SentAsync(key, "Something else");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other);
        Assert.Contains("/problems/idempotency-key-reused", said, StringComparison.Ordinal);
        var notes = await _api.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/notes?filter=about eq {_person}", UriKind.Relative));
        Assert.Equal(1, notes.GetProperty("items").GetArrayLength());
        using var hidden = await _api.PostAsJsonAsync(new Uri($"/api/v1/people/{Guid.CreateVersion7()}/notes", UriKind.Relative), new { text = "x" });
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        Assert.Contains("/problems/not-found", await hidden.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string Text)> SentAsync(string key, string text)
    {
        using var question = new HttpRequestMessage(HttpMethod.Post, Url) { Content = JsonContent.Create(new { text }), Headers = { { "Idempotency-Key", key } } };
        using var answer = await _api.SendAsync(question);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private Uri Url => new($"/api/v1/people/{_person}/notes", UriKind.Relative);
}

/// <summary>On SQLite.</summary>
public sealed class NoteDoorOnSqlite(SqliteHost host) : NoteDoorTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class NoteDoorOnPostgres(PostgresHost host) : NoteDoorTests(host), IClassFixture<PostgresHost>;
