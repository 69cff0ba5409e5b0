using System.Net;
using System.Text.Json.Nodes;
using Crm.Abstractions.Security;
using Crm.Testing;

namespace Crm.Kernel.Tests.Api;

/// <summary>The REST API as programs use it.</summary>
public abstract class RecordApiTests(CrmHost host) : IAsyncLifetime
{
    private HttpClient _me = null!;
    private HttpClient _other = null!;
    private Guid _otherId;

    public async Task InitializeAsync()
    {
        var mark = Guid.CreateVersion7().ToString("N");
        var people = new People(host);
        _me = await host.ApiAsync(await people.UserAsync($"a{mark}", ReadyRoles.Sales));
        _otherId = await people.UserAsync($"b{mark}", ReadyRoles.Sales);
        _other = await host.ApiAsync(_otherId);
    }

    public Task DisposeAsync()
    {
        _me.Dispose();
        _other.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_record_is_made_read_changed_and_deleted()
    {
        var made = await _me.MadeAsync("people", new
        {
            firstName = "Anna", lastName = "Kalniņa", birthday = "1990-02-28", children = 2, externalId = Guid.CreateVersion7().ToString(),
            emails = new[] { new { kind = "work", value = "anna@example.org" } }, tags = new[] { "vip" },
        });
        Assert.Equal(("person", "Anna Kalniņa", 1), (made["type"]!.GetValue<string>(), made["title"]!.GetValue<string>(), made["version"]!.GetValue<int>()));
        Assert.Equal("/contacts/people/" + made.Id(), made["url"]!.GetValue<string>());
        var path = "/api/v1/people/" + made.Id();
        var (read, record) = await _me.SendAsync(HttpMethod.Get, path);
        Assert.Equal("\"1\"", read.Headers.ETag!.ToString());
        Assert.Equal(("1990-02-28", 2, "anna@example.org"), (record!["birthday"]!.GetValue<string>(), record["children"]!.GetValue<int>(), record["emails"]![0]!["value"]!.GetValue<string>()));
        Assert.Equal("user", record["owner"]!["type"]!.GetValue<string>());
        Assert.EndsWith("Z", record["createdAt"]!.GetValue<string>(), StringComparison.Ordinal);
        var (unchanged, _) = await _me.SendAsync(HttpMethod.Get, path, null, ("If-None-Match", "\"1\""));
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        var (changed, now) = await _me.SendAsync(HttpMethod.Patch, path, new { firstName = "Anne", children = (int?)null }, ("If-Match", "\"1\""));
        Assert.Equal("\"2\"", changed.Headers.ETag!.ToString());
        Assert.Equal("Anne Kalniņa", now!["title"]!.GetValue<string>());
        Assert.Null(now["children"]);
        var (same, _) = await _me.SendAsync(HttpMethod.Patch, path, new { firstName = "Anne" }, ("If-Match", "\"2\""));
        Assert.Equal("\"2\"", same.Headers.ETag!.ToString());
        await _me.RefusedAsync(428, HttpMethod.Delete, path);
        var (deleted, _) = await _me.SendAsync(HttpMethod.Delete, path, null, ("If-Match", "\"2\""));
        if (deleted.StatusCode == HttpStatusCode.Forbidden)
            return;
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await _me.RefusedAsync(404, HttpMethod.Get, path);
    }

    [Fact]
    public async Task A_stale_write_is_refused_with_the_present_state()
    {
        var path = "/api/v1/people/" + (await _me.MadeAsync("people", new { lastName = "Stale" })).Id();
        await _me.SendAsync(HttpMethod.Patch, path, new { lastName = "Fresh" }, ("If-Match", "\"1\""));
        var problem = await _me.RefusedAsync(412, HttpMethod.Patch, path, new { lastName = "Late" }, ("If-Match", "\"1\""));
        Assert.Equal("Fresh", problem["current"]!["lastName"]!.GetValue<string>());
        await _me.RefusedAsync(428, HttpMethod.Patch, path, new { lastName = "Late" });
        await _other.RefusedAsync(404, HttpMethod.Patch, path, new { lastName = "Late" });
        await _other.RefusedAsync(404, HttpMethod.Patch, path, new { lastName = "Late" }, ("If-Match", "\"1\""));
        await _other.RefusedAsync(404, HttpMethod.Delete, path);
        await _other.RefusedAsync(404, HttpMethod.Post, path + "/hand-over");
    }

    [Fact]
    public async Task Lists_page_project_and_count()
    {
        foreach (var name in new[] { "Cēsis", "Alūksne", "Bauska" })
            await _me.MadeAsync("organizations", new { name });
        var first = await _me.GotAsync("/api/v1/organizations?limit=2&fields=name,owner&count=true");
        Assert.Equal(["Alūksne", "Bauska"], first.Titles());
        Assert.Equal(3, first["count"]!.GetValue<int>());
        var item = first["items"]![0]!.AsObject();
        Assert.True(item.ContainsKey("owner") && !item.ContainsKey("industry"));
        var second = await _me.GotAsync("/api/v1/organizations?limit=2&after=" + first["next"]!.GetValue<string>());
        Assert.Equal(["Cēsis"], second.Titles());
        Assert.Null(second["next"]);
        Assert.Equal(["Bauska"], (await _me.GotAsync("/api/v1/organizations?filter=" + Uri.EscapeDataString("name starts \"baus\""))).Titles());
        Assert.Equal(["Cēsis"], (await _me.GotAsync("/api/v1/contacts?q=cesis")).Titles());
        Assert.Empty((await _other.GotAsync("/api/v1/organizations")).Titles());
        var sums = await _me.GotAsync("/api/v1/organizations/summary?group=owner");
        Assert.Equal(3, sums["items"]![0]!["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_note_hangs_on_a_record_and_stands_in_its_timeline()
    {
        var person = (await _me.MadeAsync("people", new { lastName = "Noted" })).Id();
        var note = await _me.MadeAsync("notes", new { about = person, text = "Prefers <b>tea</b> & talks" });
        Assert.Equal("Noted", note["about"]!["title"]!.GetValue<string>());
        var timeline = await _me.GotAsync($"/api/v1/people/{person}/timeline");
        Assert.Equal("Prefers <b>tea</b> & talks", timeline["items"]![0]!["text"]!.GetValue<string>());
        Assert.Equal(1, (await _me.GotAsync($"/api/v1/people/{person}"))["notes.count"]!.GetValue<int>());
        var hits = await _me.GotAsync("/api/v1/search?q=prefers%20te&types=note");
        Assert.Contains("<mark>tea</mark>", hits["items"]![0]!["snippet"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", hits["items"]![0]!["snippet"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty((await _other.GotAsync("/api/v1/search?q=prefers")).Titles());
        Assert.Empty((await _other.GotAsync("/api/v1/notes")).Titles());
        await _other.RefusedAsync(422, HttpMethod.Post, "/api/v1/notes", new { about = person, text = "Mine" });
        await _other.RefusedAsync(404, HttpMethod.Get, $"/api/v1/people/{person}/timeline");
        var path = "/api/v1/notes/" + note.Id();
        await _me.RefusedAsync(422, HttpMethod.Patch, path, new { about = Guid.CreateVersion7() }, ("If-Match", "*"));
    }

    [Fact]
    public async Task A_share_shows_a_record_and_lets_it_be_changed_where_said()
    {
        var id = (await _me.MadeAsync("people", new { lastName = "Shared" })).Id();
        var path = "/api/v1/people/" + id;
        await _other.RefusedAsync(404, HttpMethod.Get, path);
        await _me.RefusedAsync(422, HttpMethod.Post, path + "/share", new { });
        Assert.Equal(HttpStatusCode.OK, (await _me.SendAsync(HttpMethod.Post, path + "/share", new { user = _otherId })).Answer.StatusCode);
        await _other.GotAsync(path);
        await _other.RefusedAsync(403, HttpMethod.Patch, path, new { lastName = "x" }, ("If-Match", "*"));
        await _me.SendAsync(HttpMethod.Post, path + "/share", new { user = _otherId, mayEdit = true });
        Assert.Equal(HttpStatusCode.OK, (await _other.SendAsync(HttpMethod.Patch, path, new { lastName = "Ours" }, ("If-Match", "*"))).Answer.StatusCode);
        await _me.SendAsync(HttpMethod.Post, path + "/unshare", new { user = _otherId });
        await _other.RefusedAsync(404, HttpMethod.Get, path);
        await _me.RefusedAsync(403, HttpMethod.Post, path + "/hand-over", new { owner = _otherId });
        await _me.RefusedAsync(422, HttpMethod.Patch, path, new { owner = _otherId }, ("If-Match", "*"));
    }

    [Fact]
    [Trait("F", "37")]
    public async Task A_further_account_manager_sees_and_changes_a_record_until_he_is_taken_off()
    {
        var path = "/api/v1/people/" + (await _me.MadeAsync("people", new { lastName = "Managed" })).Id();
        await _me.RefusedAsync(422, HttpMethod.Post, path + "/add-manager", new { });
        Assert.Equal(HttpStatusCode.OK, (await _me.SendAsync(HttpMethod.Post, path + "/add-manager", new { user = _otherId })).Answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _other.SendAsync(HttpMethod.Patch, path, new { lastName = "Ours" }, ("If-Match", "*"))).Answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _me.SendAsync(HttpMethod.Post, path + "/remove-manager", new { user = _otherId })).Answer.StatusCode);
        await _other.RefusedAsync(404, HttpMethod.Get, path);
    }

    [Fact]
    [Trait("F", "12")]
    public async Task A_record_handed_over_is_the_heirs_and_of_his_department()
    {
        var people = new People(host);
        var department = await people.DepartmentAsync("Heirs " + Guid.CreateVersion7());
        var name = "heir" + Guid.CreateVersion7().ToString("N");
        var heir = await people.UserAsync(name, ReadyRoles.Sales, department);
        using var admin = await host.ApiAsync(await people.AdministratorAsync());
        using var his = await host.ApiAsync(heir);
        var path = "/api/v1/people/" + (await _me.MadeAsync("people", new { lastName = "Handed" })).Id();
        Assert.Equal(HttpStatusCode.OK, (await admin.SendAsync(HttpMethod.Post, path + "/hand-over", new { owner = heir })).Answer.StatusCode);
        var record = await his.GotAsync(path);
        Assert.Equal(name, record["owner"]!["title"]!.GetValue<string>());
        Assert.Equal(department, record["department"]!["id"]!.GetValue<Guid>());
        await _me.RefusedAsync(404, HttpMethod.Get, path);
    }

    [Fact]
    public async Task The_same_key_answers_the_first_result()
    {
        var key = ("Idempotency-Key", Guid.CreateVersion7().ToString());
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _me.SendAsync(HttpMethod.Post, "/api/v1/people", new { lastName = "Once" }, key)));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.Answer.StatusCode));
        Assert.Single(answers.Select(a => a.Json!.Id()).Distinct());
        Assert.NotNull(answers[0].Answer.Headers.Location);
        Assert.Equal(["Once"], (await _me.GotAsync("/api/v1/people?q=once")).Titles());
        await _me.RefusedAsync(422, HttpMethod.Post, "/api/v1/people", new { lastName = "Twice" }, key);
        await _me.RefusedAsync(400, HttpMethod.Post, "/api/v1/people", new { lastName = "Twice" }, ("Idempotency-Key", "a b"));
    }

    [Fact]
    public async Task Errors_stand_at_their_fields()
    {
        var problem = await _me.RefusedAsync(422, HttpMethod.Post, "/api/v1/organizations", new
        {
            name = new string('x', 301), employees = 1.5, status = "friend", parent = Guid.CreateVersion7(), nothing = 1, createdAt = "2020-01-01T00:00:00Z",
        });
        var fields = problem["errors"]!.AsObject().Select(e => e.Key).Order(StringComparer.Ordinal);
        Assert.Equal(["createdAt", "employees", "name", "nothing", "parent", "status"], fields);
        await _me.RefusedAsync(422, HttpMethod.Post, "/api/v1/organizations", "{}");
        var twice = Guid.CreateVersion7().ToString();
        await _me.MadeAsync("organizations", new { name = "One", externalId = twice });
        var duplicate = await _me.RefusedAsync(422, HttpMethod.Post, "/api/v1/organizations", new { name = "Two", externalId = twice });
        Assert.NotNull(duplicate["errors"]!["externalId"]);
    }

    [Fact]
    public async Task The_document_describes_every_type()
    {
        var document = await _me.GotAsync("/openapi/v1.json");
        Assert.StartsWith("3.1", document["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotNull(document["paths"]!["/api/v1/people/{id}/share"]!["post"]);
        Assert.NotNull(document["components"]!["schemas"]!["person"]!["properties"]!["firstName"]);
        using var stranger = host.Anonymous();
        await stranger.RefusedAsync(401, HttpMethod.Get, "/openapi/v1.json");
        Assert.Equal(HttpStatusCode.OK, (await _me.GetAsync("/api")).StatusCode);
    }
}

/// <summary>On SQLite.</summary>
public sealed class RecordApiOnSqlite(SqliteHost host) : RecordApiTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class RecordApiOnPostgres(PostgresHost host) : RecordApiTests(host), IClassFixture<PostgresHost>;
