using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Crm.Abstractions.Data;
using Crm.Abstractions.Security;
using Crm.Files.Files;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Files.Tests.Files;

/// <summary>A file goes in and comes out byte for byte, to those who see its record, and never runs in the page.</summary>
public abstract class FileTests(CrmHost host)
{
    [Fact]
    [Trait("F", "9")]
    public async Task What_was_sent_comes_back_byte_for_byte_over_several_chunks()
    {
        using var api = await AdminAsync();
        var person = await PersonAsync(api);
        var bytes = new byte[700_000];
        new Random(9).NextBytes(bytes);
        "%PDF-"u8.CopyTo(bytes);
        var file = await SentAsync(api, person, bytes, "..\\..\\contract <1>.html");
        Assert.Equal("contract 1.html", file.GetProperty("title").GetString());
        using var answer = await api.GetAsync(Url(file.GetProperty("url").GetString()!));
        Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_sent_again_with_its_key_is_added_once()
    {
        using var api = await AdminAsync();
        var person = await PersonAsync(api);
        api.DefaultRequestHeaders.Add("Idempotency-Key", $"k{Guid.CreateVersion7():N}");
        var first = await SentAsync(api, person, "sent twice"u8.ToArray(), "twice.txt");
        Assert.Equal(first.GetRawText(), (await SentAsync(api, person, "sent twice"u8.ToArray(), "twice.txt")).GetRawText());
        using var other = await SendAsync(api, person, "other bytes"u8.ToArray(), "twice.txt");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        var list = await api.GetFromJsonAsync<JsonElement>(Url($"/api/v1/people/{person}/attachments"));
        Assert.Equal(1, list.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Markup_is_text_whatever_it_calls_itself_and_nothing_is_no_file()
    {
        using var api = await AdminAsync();
        var person = await PersonAsync(api);
        var file = await SentAsync(api, person, "<script>alert(1)</script>"u8.ToArray(), "picture.png");
        Assert.Equal("text/plain", file.GetProperty("mediaType").GetString());
        using var empty = await SendAsync(api, person, [], "empty.txt");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
    }

    [Fact]
    public async Task What_is_left_of_uploads_is_removed_after_a_day_and_what_a_file_has_is_not()
    {
        using var api = await AdminAsync();
        await SentAsync(api, await PersonAsync(api), "kept for good"u8.ToArray(), "kept.txt");
        var old = new FileContent { Id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow().AddDays(-2)), Hash = [1], Length = 9 };
        var young = new FileContent { Hash = [2], Length = 9 };
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        db.AddRange(old, young);
        db.AddRange(Enumerable.Range(0, 20).Select(n => new FileChunk { ContentId = old.Id, Position = n, Bytes = [1, 2, 3] }));
        await db.SaveChangesAsync();
        using var browser = await Browser.SignedInAsync(host, "admin");
        using var asked = await browser.PostAsync("/admin/jobs", new() { ["job"] = "files.remove-remains", ["act"] = "run" });
        for (var turn = 0; turn < 100 && await db.Set<FileContent>().AnyAsync(c => c.Id == old.Id); turn++)
            await Task.Delay(100);
        Assert.False(await db.Set<FileContent>().AnyAsync(c => c.Id == old.Id));
        Assert.False(await db.Set<FileChunk>().AnyAsync(c => c.ContentId == old.Id));
        Assert.True(await db.Set<FileContent>().AnyAsync(c => c.Id == young.Id));
        var kept = SHA256.HashData("kept for good"u8);
        Assert.True(await db.Set<FileContent>().AnyAsync(c => c.Hash == kept));
    }

    [Fact]
    public async Task The_same_bytes_are_kept_once_for_two_records()
    {
        using var api = await AdminAsync();
        var (one, two) = (await PersonAsync(api), await PersonAsync(api));
        var bytes = "The same words on both."u8.ToArray();
        var first = await SentAsync(api, one, bytes, "one.txt");
        var second = await SentAsync(api, two, bytes, "two.txt");
        Assert.NotEqual(first.GetProperty("id").GetGuid(), second.GetProperty("id").GetGuid());
        Assert.Equal(bytes, await api.GetByteArrayAsync(Url(second.GetProperty("url").GetString()!)));
        await using var scope = host.Services.CreateAsyncScope();
        var hash = SHA256.HashData(bytes);
        Assert.Equal(1, await scope.ServiceProvider.GetRequiredService<CrmDb>().Set<FileContent>().CountAsync(c => c.Hash == hash));
        using var list = JsonDocument.Parse(await api.GetStringAsync(Url($"/api/v1/people/{one}/attachments")));
        Assert.Equal("one.txt", list.RootElement.GetProperty("items").EnumerateArray().Single().GetProperty("title").GetString());
    }

    [Fact]
    [Trait("F", "15")]
    public async Task Who_does_not_see_the_record_sees_no_file_and_adds_none()
    {
        using var api = await AdminAsync();
        var person = await PersonAsync(api);
        var file = await SentAsync(api, person, "secret"u8.ToArray(), "secret.txt");
        using var stranger = await host.ApiAsync(await new People(host).UserAsync("stranger" + Guid.CreateVersion7().ToString("N"), ReadyRoles.Sales));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(Url(file.GetProperty("url").GetString()!))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(Url($"/api/v1/people/{person}/attachments"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(stranger, person, "mine"u8.ToArray(), "mine.txt")).StatusCode);
    }

    private static Uri Url(string path) => new(path, UriKind.Relative);

    private async Task<HttpClient> AdminAsync() => await host.ApiAsync(await new People(host).AdministratorAsync());

    private static async Task<Guid> PersonAsync(HttpClient api)
    {
        using var made = await api.PostAsJsonAsync("/api/v1/people", new { firstName = "Filed", lastName = Guid.CreateVersion7().ToString("N") });
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    private static async Task<JsonElement> SentAsync(HttpClient api, Guid person, byte[] bytes, string name)
    {
        using var answer = await SendAsync(api, person, bytes, name);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient api, Guid person, byte[] bytes, string name)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "file", name } };
        return await api.PostAsync(Url($"/api/v1/people/{person}/attachments"), form);
    }
}

/// <summary>On SQLite.</summary>
public sealed class FilesOnSqlite(SqliteHost host) : FileTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class FilesOnPostgres(PostgresHost host) : FileTests(host), IClassFixture<PostgresHost>;
