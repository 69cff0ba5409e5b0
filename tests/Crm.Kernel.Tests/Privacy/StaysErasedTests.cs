using System.Net;
using System.Text;
using System.Text.Json;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Bulk;
using Crm.Kernel.Import;
using Crm.Kernel.Mail;
using Crm.Kernel.Removal;
using Crm.Kernel.Security;
using Crm.Kernel.Tests.Api;
using Crm.Kernel.Tests.Import;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Privacy;

/// <summary>What was erased is filled again by no door; what nobody can remove holds nothing else up.</summary>
[Trait("F", "91")]
public abstract class StaysErasedTests(CrmHost host)
{
    private const string Refusal = "This was erased, and stays as it is.";
    private static readonly (string, string) _any = ("If-Match", "*");

    [Fact]
    public async Task Nothing_is_written_to_an_erased_person_or_hung_on_one()
    {
        var admin = await new People(host).AdministratorAsync();
        using var api = await host.ApiAsync(admin);
        var id = await ErasedAsync(api);
        var organization = await api.MadeAsync("organizations", new { name = "Other end" });
        await api.RefusedAsync(422, HttpMethod.Post, $"/api/v1/people/{id}/notes", new { text = "was Anna Berg, Berlin" });
        await api.RefusedAsync(422, HttpMethod.Post, "/api/v1/notes", new { about = id, text = "was Anna Berg, Berlin" });
        await api.RefusedAsync(422, HttpMethod.Post, "/api/v1/addresses", new { record = id, street = "Hauptstr. 1", city = "Berlin" });
        await api.RefusedAsync(422, HttpMethod.Post, "/api/v1/relationships", new { from = id, to = organization.Id(), type = "memberOf", role = "chair" });
        await api.RefusedAsync(422, HttpMethod.Post, "/api/v1/appointments", new { subject = "Dinner with Anna", startOn = "2026-03-03", zone = "Europe/Riga", with = new[] { id } });
        using (var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes("Anna")), "file", "anna.txt" } })
        {
            using var attached = await api.PostAsync(new Uri($"/api/v1/people/{id}/attachments", UriKind.Relative), form);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, attached.StatusCode);
        }

        foreach (var edit in new[] { new EditTold("person", "set", "jobTitle", Value("jobTitle", "Chief"), [Guid.Parse(id)], null), new EditTold("person", "tag", "tags", Value("tags", "Berlin"), [Guid.Parse(id)], null) })
            Assert.Equal(Refusal, await LeftOfAsync(admin, edit));
        await host.InAsync(async db => Assert.False(await db.Records.AnyAsync(r => r.DecidedById == Guid.Parse(id))));
    }

    [Fact]
    public async Task An_import_leaves_it_empty_too_and_the_bin_and_a_new_owner_are_still_for_it()
    {
        using var api = await host.ApiAsync(await new People(host).AdministratorAsync());
        var id = await ErasedAsync(api);
        var key = Guid.CreateVersion7().ToString("N");
        await host.InAsync(db => Assert.ThrowsAsync<RuleViolation>(async () =>
        {
            (await db.Records.SingleAsync(r => r.Id == Guid.Parse(id))).ExternalId = key;
            await db.SaveChangesAsync();
        }));
        // As an earlier version let it be.
        await host.InAsync(async db =>
        {
            db.Forgotten.Add(Guid.Parse(id));
            (await db.Records.SingleAsync(r => r.Id == Guid.Parse(id))).ExternalId = key;
            await db.SaveChangesAsync();
        });
        Assert.Equal(Refusal, Assert.Single(await ImportAsync("person", $"External ID,Last Name,Job Title\n{key},Berg,Chief\n")).Reason);
        Assert.Equal(Refusal, Assert.Single(await ImportAsync("note", $"Note,Person External ID\nwas Anna Berg,{key}\n")).Reason);
        await host.InAsync(async db =>
        {
            var spine = await db.Records.SingleAsync(r => r.Id == Guid.Parse(id));
            (spine.OwnerId, spine.DeletedAt) = (null, TimeProvider.System.GetUtcNow());
            await db.SaveChangesAsync();
        });
        var (restored, _) = await api.SendAsync(HttpMethod.Post, $"/api/v1/people/{id}/restore");
        Assert.Equal(HttpStatusCode.NoContent, restored.StatusCode);
    }

    [Fact]
    public async Task Records_of_a_module_that_is_gone_are_reported_stop_an_erasure_whole_and_hold_no_purge_up()
    {
        using var api = await host.ApiAsync(await new People(host).AdministratorAsync());
        var (held, free) = (await api.MadeAsync("people", new { lastName = "Surveyed" }), await api.MadeAsync("people", new { lastName = "Free" }));
        await api.MadeAsync($"people/{held.Id()}/notes", new { text = "stays as long as she does" });
        await host.InAsync(async db =>
        {
            db.Add(new Spine(Guid.CreateVersion7(), "survey") { Title = "How do you like it", DecidedById = Guid.Parse(held.Id()) });
            await db.SaveChangesAsync();
        });
        Assert.Contains("How do you like it", (await api.GotAsync($"/api/v1/people/{held.Id()}/report")).ToJsonString(), StringComparison.Ordinal);
        var refused = await api.RefusedAsync(422, HttpMethod.Post, $"/api/v1/people/{held.Id()}/erase", new { name = "Surveyed", reason = "letter" });
        Assert.Contains("module that is not installed", refused.ToJsonString(), StringComparison.Ordinal);
        await api.SendAsync(HttpMethod.Delete, $"/api/v1/people/{held.Id()}", null, _any);
        await api.SendAsync(HttpMethod.Delete, $"/api/v1/people/{free.Id()}", null, _any);
        await host.InAsync(async db =>
        {
            foreach (var spine in await db.Records.Where(r => r.Id == Guid.Parse(held.Id()) || r.Id == Guid.Parse(free.Id())).ToListAsync())
                spine.DeletedAt = spine.DeletedAt!.Value.AddDays(-40);
            await db.SaveChangesAsync();
        });
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        await scope.ServiceProvider.GetRequiredService<PurgeOld>().RunAsync(30, null, default);
        await host.InAsync(async db =>
        {
            Assert.False(await db.Records.AnyAsync(r => r.Id == Guid.Parse(free.Id())));
            Assert.Equal(2, await db.Records.CountAsync(r => r.DecidedById == Guid.Parse(held.Id())));
        });
    }

    [Fact]
    public async Task Mails_stand_in_the_report_and_a_days_notices_are_forgotten_with_any_of_whom_they_name()
    {
        using var api = await host.ApiAsync(await new People(host).AdministratorAsync());
        var person = await api.MadeAsync("people", new { lastName = "Mailed" });
        var id = Guid.Parse(person.Id());
        var (own, digest) = (Sent("Your offer", "quotedprice"), Sent("2 new notifications", "divorceword"));
        await host.InAsync(async db =>
        {
            var about = new SentMail { RecordId = id, Addressees = own.Addressees, Subject = own.Subject, Content = own.Content, State = MailState.Sent };
            db.AddRange(about, digest, new MailRecord { MailId = digest.Id, RecordId = id });
            await db.SaveChangesAsync();
        });
        var report = (await api.GotAsync($"/api/v1/people/{id}/report")).ToJsonString();
        Assert.Contains("quotedprice", report, StringComparison.Ordinal);
        Assert.Contains("2 new notifications", report, StringComparison.Ordinal);
        Assert.DoesNotContain("divorceword", report, StringComparison.Ordinal);
        var (erased, _) = await api.SendAsync(HttpMethod.Post, $"/api/v1/people/{id}/erase", new { name = "Mailed", reason = "letter" });
        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
        await host.InAsync(async db => Assert.Empty((await db.Set<SentMail>().SingleAsync(m => m.Id == digest.Id)).Content));
    }

    [Fact]
    public async Task An_answer_of_before_is_given_again_only_to_who_still_sees_the_record()
    {
        var people = new People(host);
        var seller = await people.UserAsync("replay" + Guid.CreateVersion7().ToString("N"), ReadyRoles.Sales);
        using var api = await host.ApiAsync(seller);
        var key = ("Idempotency-Key", Guid.CreateVersion7().ToString());
        var body = new { lastName = "Replayed" };
        var (_, made) = await api.SendAsync(HttpMethod.Post, "/api/v1/people", body, key);
        var (again, same) = await api.SendAsync(HttpMethod.Post, "/api/v1/people", body, key);
        Assert.Equal((HttpStatusCode.Created, made!.Id()), (again.StatusCode, same!.Id()));
        var heir = await people.AdministratorAsync();
        await host.InAsync(async db =>
        {
            (await db.Records.SingleAsync(r => r.Id == Guid.Parse(made!.Id()))).OwnerId = heir;
            await db.SaveChangesAsync();
        });
        await api.RefusedAsync(404, HttpMethod.Post, "/api/v1/people", body, key);
    }

    private static SentMail Sent(string subject, string text) => new()
    {
        Addressees = "anna@example.org", Subject = subject, State = MailState.Sent,
        Content = Encoding.ASCII.GetBytes($"From: crm@example.org\r\nTo: anna@example.org\r\nSubject: {subject}\r\nContent-Type: text/plain\r\n\r\n{text}\r\n"),
    };

    private static Dictionary<string, JsonElement> Value(string name, string value) => new() { [name] = JsonSerializer.SerializeToElement(value) };

    private static async Task<string> ErasedAsync(HttpClient api)
    {
        var person = await api.MadeAsync("people", new { firstName = "Anna", lastName = "Berg" });
        var (erased, problem) = await api.SendAsync(HttpMethod.Post, $"/api/v1/people/{person.Id()}/erase", new { name = "Anna Berg", reason = "letter" });
        Assert.True(erased.StatusCode == HttpStatusCode.NoContent, problem?.ToJsonString());
        return person.Id();
    }

    private async Task<string?> LeftOfAsync(Guid user, EditTold told)
    {
        var act = Guid.Empty;
        await using (var scope = host.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<Actor>().UserId = user;
            act = (await scope.ServiceProvider.GetRequiredService<BulkDoor>().BeginAsync(EditWork.Name, "Edited", told, 1, default)).Id;
        }

        await host.Services.GetRequiredService<BulkRun>().FinishAsync(act, default);
        string? reason = null;
        await host.InAsync(async db => reason = (await db.Set<BulkRow>().SingleAsync(r => r.BulkId == act)).Reason);
        return reason;
    }

    private async Task<List<BadRow>> ImportAsync(string kind, string file)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        return await ImportWords.RunAsync(scope.ServiceProvider, kind, file);
    }
}

public sealed class StaysErasedOnSqlite(SqliteHost host) : StaysErasedTests(host), IClassFixture<SqliteHost>;

public sealed class StaysErasedOnPostgres(PostgresHost host) : StaysErasedTests(host), IClassFixture<PostgresHost>;
