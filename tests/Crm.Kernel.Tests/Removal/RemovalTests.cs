using System.Net;
using System.Text.Json.Nodes;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Audit;
using Crm.Kernel.Records;
using Crm.Kernel.Removal;
using Crm.Kernel.Settings;
using Crm.Kernel.Tests.Api;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Removal;

/// <summary>What lies in the bin holds nothing up, and goes for good when somebody who may says so.</summary>
public abstract class RemovalTests(CrmHost host)
{
    private static readonly (string, string) _any = ("If-Match", "*");

    [Fact]
    public async Task A_deleted_records_external_id_and_key_are_free_again_and_a_restore_that_collides_says_so()
    {
        using var api = await AdminAsync();
        var key = Guid.CreateVersion7().ToString();
        var first = await api.MadeAsync("people", new { lastName = "First", externalId = key });
        await DeleteAsync(api, "people", first);
        await api.MadeAsync("people", new { lastName = "Second", externalId = key });
        var refused = await api.RefusedAsync(422, HttpMethod.Post, $"/api/v1/people/{first.Id()}/restore");
        Assert.Contains("took this external ID", refused["errors"]!["externalId"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        await api.RefusedAsync(422, HttpMethod.Post, "/api/v1/people", new { lastName = "Third", externalId = key });
    }

    [Fact]
    public async Task A_deleted_relationship_can_be_made_again_and_restoring_the_old_one_says_so()
    {
        using var api = await AdminAsync();
        var person = await api.MadeAsync("people", new { lastName = "Member" });
        var club = await api.MadeAsync("organizations", new { name = "Club" });
        var told = new { from = person.Id(), to = club.Id(), type = "memberOf", role = "chair" };
        var first = await api.MadeAsync("relationships", told);
        await api.RefusedAsync(422, HttpMethod.Post, "/api/v1/relationships", told);
        await DeleteAsync(api, "relationships", first);
        var second = await api.MadeAsync("relationships", told);
        await api.RefusedAsync(422, HttpMethod.Post, $"/api/v1/relationships/{first.Id()}/restore");
        await DeleteAsync(api, "relationships", second);
        var (restored, _) = await api.SendAsync(HttpMethod.Post, $"/api/v1/relationships/{first.Id()}/restore");
        Assert.Equal(HttpStatusCode.NoContent, restored.StatusCode);
    }

    [Fact]
    public async Task Purging_takes_what_hangs_on_a_record_with_it_lets_go_of_what_points_to_it_and_leaves_who_did_what()
    {
        using var api = await AdminAsync();
        var company = await api.MadeAsync("organizations", new { name = "Purgeable Ltd" });
        var person = await api.MadeAsync("people", new { lastName = "Employee", organization = company.Id() });
        await api.MadeAsync("notes", new { about = company.Id(), text = "purgeworthy words" });
        await api.SendAsync(HttpMethod.Patch, $"/api/v1/organizations/{company.Id()}", new { industry = "purgeworthy trade" }, _any);
        await DeleteAsync(api, "organizations", company);
        var (purged, _) = await api.SendAsync(HttpMethod.Post, $"/api/v1/organizations/{company.Id()}/purge");
        Assert.Equal(HttpStatusCode.NoContent, purged.StatusCode);
        Assert.Null((await api.GotAsync($"/api/v1/people/{person.Id()}"))["organization"]);
        var id = Guid.Parse(company.Id());
        await host.InAsync(async db =>
        {
            Assert.False(await db.Records.AnyAsync(r => r.Id == id || r.DecidedById == id));
            var trail = await db.Set<AuditChange>().Where(c => c.RecordId == id).ToListAsync();
            Assert.Contains(trail, c => c.Action == "removed");
            Assert.Contains(trail, c => c.Changes.Contains("Industry", StringComparison.Ordinal));
            Assert.DoesNotContain(trail, c => c.Changes.Contains("purgeworthy", StringComparison.Ordinal));
        });
        Assert.Empty(await Dump.TablesWithAsync(host, "purgeworthy"));
        await api.RefusedAsync(404, HttpMethod.Post, $"/api/v1/organizations/{company.Id()}/restore");
    }

    [Fact]
    public async Task Only_what_is_in_the_bin_can_be_purged_and_only_by_whom_may()
    {
        using var api = await AdminAsync();
        var person = await api.MadeAsync("people", new { lastName = "Living" });
        await api.RefusedAsync(404, HttpMethod.Post, $"/api/v1/people/{person.Id()}/purge");
        await DeleteAsync(api, "people", person);
        var mark = Guid.CreateVersion7().ToString("N");
        using var manager = await host.ApiAsync(await new People(host).UserAsync(mark, ReadyRoles.PeopleManager));
        await manager.RefusedAsync(403, HttpMethod.Post, $"/api/v1/people/{person.Id()}/purge");
        Assert.DoesNotContain("Living", (await manager.GotAsync("/api/v1/people/bin"))["items"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("Living", (await api.GotAsync("/api/v1/people/bin"))["items"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bin_page_restores_and_purges_by_age_and_the_server_never_does_by_itself_unless_told()
    {
        using var api = await AdminAsync();
        var old = await api.MadeAsync("people", new { lastName = "Longgone" });
        var young = await api.MadeAsync("people", new { lastName = "Justgone" });
        await DeleteAsync(api, "people", old);
        await DeleteAsync(api, "people", young);
        await host.InAsync(async db =>
        {
            var spine = await db.Records.SingleAsync(r => r.Id == Guid.Parse(old.Id()));
            spine.DeletedAt = spine.DeletedAt!.Value.AddDays(-40);
            await db.SaveChangesAsync();
        });
        Assert.Null(host.Services.GetRequiredService<SiteSettings>().Now.BinDays);
        using var browser = await Browser.SignedInAsync(host, "admin");
        var page = await browser.ReadAsync("/contacts/people/bin");
        Assert.Contains("Longgone", page, StringComparison.Ordinal);
        using var wrong = await browser.PostAsync("/contacts/people/bin", new() { ["days"] = "soon" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using var done = await browser.PostAsync("/contacts/people/bin", new() { ["days"] = "30" });
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        page = await browser.ReadAsync("/contacts/people/bin");
        Assert.DoesNotContain("Longgone", page, StringComparison.Ordinal);
        Assert.Contains("Justgone", page, StringComparison.Ordinal);
    }

    private static async Task DeleteAsync(HttpClient api, string plural, JsonNode record)
    {
        var (deleted, _) = await api.SendAsync(HttpMethod.Delete, $"/api/v1/{plural}/{record.Id()}", null, _any);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    private async Task<HttpClient> AdminAsync() => await host.ApiAsync(await new People(host).AdministratorAsync());
}

public sealed class RemovalOnSqlite(SqliteHost host) : RemovalTests(host), IClassFixture<SqliteHost>;

public sealed class RemovalOnPostgres(PostgresHost host) : RemovalTests(host), IClassFixture<PostgresHost>;
