using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Audit;
using Crm.Kernel.Bulk;
using Crm.Kernel.Import;
using Crm.Kernel.Jobs;
using Crm.Kernel.Mail;
using Crm.Kernel.Notifications;
using Crm.Kernel.Outbox;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Crm.Kernel.Tests.Api;
using Crm.Kernel.Tests.Removal;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Privacy;

/// <summary>A person's whole data comes out as a file; erased, it is found nowhere, while totals stay right.</summary>
[Trait("F", "91")]
public abstract class ErasureTests(CrmHost host)
{
    private const string Word = "zyxplantq";
    private static readonly (string, string) _any = ("If-Match", "*");

    private IReadOnlyList<RecordType> Types => host.Services.GetRequiredService<RecordTypes>().All;

    [Fact]
    public async Task Erasing_a_record_leaves_its_words_in_no_column_of_any_table()
    {
        using var api = await AdminAsync();
        foreach (var type in Types.Where(t => t.IsErasable))
        {
            var word = $"{Word}{type.Name}";
            var id = await PlantAsync(api, type, word);
            var before = await Dump.TablesWithAsync(host, word);
            foreach (var table in (string[])["core_record", "core_audit_change", "core_timeline", "core_search_doc", "core_idempotency", "core_outbox", "core_due", "core_notification", "core_import_row", "contacts_contact", "contacts_point", "contacts_tag", "contacts_address", "contacts_relationship", "contacts_consent", "notes_note", "files_file", "files_chunk"])
                Assert.True(before.Contains(table) || (type.Area != "contacts" && table.StartsWith("contacts_", StringComparison.Ordinal)), table);
            var title = (await api.GotAsync($"/api/v1/{type.Plural}/{id}"))["title"]!.GetValue<string>();
            var people = await CountAsync(api, type);
            var (erased, problem) = await api.SendAsync(HttpMethod.Post, $"/api/v1/{type.Plural}/{id}/erase", new { name = title, reason = "asked for by letter" });
            Assert.True(erased.StatusCode == HttpStatusCode.NoContent, problem?.ToJsonString());
            Assert.Equal([], await Dump.TablesWithAsync(host, word));
            Assert.Equal(people, await CountAsync(api, type));
            await LooksErasedAsync(api, type, id);
        }
    }

    [Fact]
    public async Task Erasing_asks_for_the_name_the_reason_and_the_permission_and_happens_once()
    {
        using var api = await AdminAsync();
        var person = await api.MadeAsync("people", new { firstName = "Otto", lastName = "Once" });
        var path = $"/api/v1/people/{person.Id()}/erase";
        var wrong = await api.RefusedAsync(422, HttpMethod.Post, path, new { name = "Otto", reason = "" });
        Assert.NotNull(wrong["errors"]!["name"]);
        Assert.NotNull(wrong["errors"]!["reason"]);
        using var sales = await host.ApiAsync(await new People(host).UserAsync($"s{Guid.CreateVersion7():N}", ReadyRoles.Analyst));
        await sales.RefusedAsync(403, HttpMethod.Post, path, new { name = "Otto Once", reason = "because" });
        using var browser = await Browser.SignedInAsync(host, "admin");
        using var again = await browser.PostAsync($"/contacts/people/{person.Id()}/erase", new() { ["Name"] = "Otto", ["Reason"] = "letter" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        using var done = await browser.PostAsync($"/contacts/people/{person.Id()}/erase", new() { ["Name"] = "Otto Once", ["Reason"] = "letter" });
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        await api.RefusedAsync(422, HttpMethod.Post, path, new { name = "Erased person", reason = "again" });
        await api.RefusedAsync(422, HttpMethod.Patch, $"/api/v1/people/{person.Id()}", new { lastName = "Back" }, _any);
        var page = await browser.ReadAsync($"/contacts/people/{person.Id()}");
        Assert.Contains("What stood here was erased", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"{person.Id()}/edit", page, StringComparison.Ordinal);
        await api.RefusedAsync(404, HttpMethod.Post, $"/api/v1/notes/{Guid.CreateVersion7()}/erase", new { name = "x", reason = "x" });
    }

    [Fact]
    public async Task What_lies_in_the_bin_can_be_erased_too_and_bytes_that_another_record_has_stay()
    {
        using var api = await AdminAsync();
        var (one, two) = (await api.MadeAsync("people", new { lastName = "Binned" }), await api.MadeAsync("people", new { lastName = "Other" }));
        await AttachAsync(api, "people", one.Id(), "a.txt", "shared bytes of both");
        var kept = await AttachAsync(api, "people", two.Id(), "b.txt", "shared bytes of both");
        await api.SendAsync(HttpMethod.Delete, $"/api/v1/people/{one.Id()}", null, _any);
        var (erased, _) = await api.SendAsync(HttpMethod.Post, $"/api/v1/people/{one.Id()}/erase", new { name = "Binned", reason = "letter" });
        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
        Assert.Equal("shared bytes of both", await api.GetStringAsync(new Uri(kept, UriKind.Relative)));
    }

    [Fact]
    public async Task The_report_holds_everything_and_its_making_is_audited()
    {
        using var api = await AdminAsync();
        const string Said = "reportword";
        var id = await PlantAsync(api, Types.First(t => t.Name == "person"), Said);
        var report = await api.GotAsync($"/api/v1/people/{id}/report");
        var text = report.ToJsonString();
        foreach (var heading in (string[])["People", "Notes", "Files", "Addresses", "Relationships", "Consents", "Who changed what", "Where it was imported from"])
            Assert.Contains($"\"heading\":\"{heading}\"", text, StringComparison.Ordinal);
        Assert.Contains($"{Said}@example.org", text, StringComparison.Ordinal);
        using var browser = await Browser.SignedInAsync(host, "admin");
        using var file = await browser.GetAsync($"/contacts/people/{id}/report");
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Contains($"{Said}@example.org", await file.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await host.InAsync(async db => Assert.Equal(2, await db.Set<AuditChange>().CountAsync(c => c.RecordId == id && c.Action == "reported")));
        using var sales = await host.ApiAsync(await new People(host).UserAsync($"r{Guid.CreateVersion7():N}", ReadyRoles.Analyst));
        await sales.RefusedAsync(403, HttpMethod.Get, $"/api/v1/people/{id}/report");
    }

    private static async Task LooksErasedAsync(HttpClient api, RecordType type, Guid id)
    {
        var now = await api.GotAsync($"/api/v1/{type.Plural}/{id}");
        Assert.Equal($"Erased {type.Label.ToLowerInvariant()}", now["title"]!.GetValue<string>());
        foreach (var field in type.Fields.Where(f => f.IsPersonal))
            Assert.True(now[field.Name] is null or JsonArray { Count: 0 } || now[field.Name]!.ToString().Length == 0, field.Name);
    }

    private static async Task<int> CountAsync(HttpClient api, RecordType type) =>
        (await api.GotAsync($"/api/v1/{type.Plural}?count=true&limit=1"))["count"]!.GetValue<int>();

    // In every field, in everything that hangs on it, and in every copy that is kept.
    private async Task<Guid> PlantAsync(HttpClient api, RecordType type, string word)
    {
        var (_, made) = await api.SendAsync(HttpMethod.Post, $"/api/v1/{type.Plural}", Body(type, word, new()), ("Idempotency-Key", Guid.CreateVersion7().ToString()));
        Assert.True(made!["id"] is not null, made.ToJsonString());
        var id = Guid.Parse(made.Id());
        var other = await api.MadeAsync("organizations", new { name = $"Other end {Guid.CreateVersion7():N}" });
        foreach (var hanging in Types.Where(t => t.IsDependant && t.Name != "file" && MayHangOn(t, type)))
        {
            var links = new JsonObject();
            foreach (var link in hanging.Fields.Where(f => f is { Kind: FieldKind.Link, Write: not null }))
                links[link.Name] = link.Name == "to" ? other.Id() : id.ToString();
            await api.MadeAsync(hanging.Plural, Body(hanging, word, links).ToJsonString());
        }

        await AttachAsync(api, type.Plural, id.ToString(), $"{word}.txt", $"bytes of {word}");
        var changed = type.Fields.Where(f => f is { Kind: FieldKind.Text or FieldKind.LongText, IsEditable: true, IsFormed: false });
        var (patched, why) = await api.SendAsync(HttpMethod.Patch, $"/api/v1/{type.Plural}/{id}", new JsonObject(changed.Select(f => KeyValuePair.Create(f.Name, (JsonNode?)$"{word} {f.Name.Length}"))).ToJsonString(), _any);
        Assert.True(patched.IsSuccessStatusCode, why?.ToJsonString());
        if (type.Find("tags") is not null)
        {
            var (tagged, _) = await api.SendAsync(HttpMethod.Patch, $"/api/v1/{type.Plural}/{id}", new { tags = new[] { $"{word}2" } }, _any);
            Assert.True(tagged.IsSuccessStatusCode);
        }

        await ImportAsync(type, id, word);
        await host.InAsync(async db =>
        {
            // It waits: what was delivered has no words any more.
            db.Add(new OutboxMessage { Handler = "Somebody", DueAt = TimeProvider.System.GetUtcNow().AddDays(1), Payload = $$"""{"Id":"{{id}}","Name":"{{word}}"}""" });
            db.Add(new Notification { UserId = await new People(host).AdministratorAsync(), Kind = "test", Text = "{0}", Values = $"[\"{word}\"]", RecordId = id });
            db.Add(new DueFact { AboutId = id, Purpose = "test", Fact = "Nothing", Payload = $"{{\"Name\":\"{word}\"}}", DueAt = DateTimeOffset.MaxValue.AddDays(-2) });
            db.Add(new SentMail { RecordId = id, Addressees = word, Subject = word, Recipients = $"{word}@example.org", Detail = word, Content = Encoding.UTF8.GetBytes(word), State = MailState.Sent });
            var audit = new AuditAct { At = TimeProvider.System.GetUtcNow(), Door = "page", What = "Changed some" };
            var act = new BulkAct { Kind = "edit", ActId = audit.Id, State = BulkState.Done, Parameters = BulkText.Of(new EditTold("person", "set", word, [], null, word)) };
            db.AddRange(audit, act, new BulkRow { BulkId = act.Id, RecordId = id, Changes = $"{{\"x\":[\"{word}\",null]}}", Reason = word });
            await db.SaveChangesAsync();
        });
        return id;
    }

    private static bool MayHangOn(RecordType hanging, RecordType on) =>
        hanging.Fields.First(f => f is { Kind: FieldKind.Link, Write: not null }).LinkKinds is var kinds && (kinds.Count == 0 || kinds.Contains(on.Name, StringComparer.Ordinal));

    private static JsonObject Body(RecordType type, string word, JsonObject body)
    {
        foreach (var field in type.Fields.Where(f => f is { Write: not null, IsFormed: false } && !body.ContainsKey(f.Name)))
        {
            body[field.Name] = field.Kind switch
            {
                FieldKind.Text or FieldKind.LongText => field.MaxLength < 40 ? word[..Math.Min(word.Length, field.MaxLength)] : $"{word} {field.Name.Length}",
                FieldKind.ManyOf when field.Options.Count == 0 => new JsonArray(word),
                FieldKind.Values => new JsonArray(new JsonObject { ["kind"] = field.Options[0].Value, ["value"] = field.InputType switch { "email" => $"{word}@example.org", "url" => $"https://{word}.example.org", _ => word } }),
                FieldKind.OneOf => field.Options[0].Value,
                FieldKind.Date => "2001-02-03",
                _ => null,
            };
            if (body[field.Name] is null)
                body.Remove(field.Name);
        }

        return body;
    }

    private async Task ImportAsync(RecordType type, Guid id, string word)
    {
        var key = Guid.CreateVersion7();
        await host.InAsync(async db =>
        {
            (await db.Records.SingleAsync(r => r.Id == id)).ExternalId = $"{word}-{key}";
            await db.SaveChangesAsync();
        });
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        var text = type.Fields.First(f => f is { Kind: FieldKind.LongText, IsEditable: true, IsFormed: false });
        using var file = new MemoryStream(Encoding.UTF8.GetBytes($"External ID,{text.Name}\n{word}-{key},imported {word}\n"));
        var (plan, stream) = await scope.ServiceProvider.GetRequiredService<PlanImport>().RunAsync(type, file, new ImportMap(), null, default);
        var result = await scope.ServiceProvider.GetRequiredService<ImportRun>().RunAsync(
            plan, stream, new ImportOptions("people.csv"), _ => Task.CompletedTask, _ => Task.CompletedTask, default);
        Assert.Equal(1, result.Updated);
    }

    private static async Task<string> AttachAsync(HttpClient api, string plural, string id, string name, string content)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "file", name } };
        using var answer = await api.PostAsync(new Uri($"/api/v1/{plural}/{id}/attachments", UriKind.Relative), form);
        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.True(answer.StatusCode == HttpStatusCode.Created, json.ToJsonString());
        return json["url"]!.GetValue<string>();
    }

    private async Task<HttpClient> AdminAsync() => await host.ApiAsync(await new People(host).AdministratorAsync());
}

public sealed class ErasureOnSqlite(SqliteHost host) : ErasureTests(host), IClassFixture<SqliteHost>;

public sealed class ErasureOnPostgres(PostgresHost host) : ErasureTests(host), IClassFixture<PostgresHost>;
