using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Crm.Abstractions.Security;
using Crm.Kernel.Import;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Activities.Tests.Interactions;

/// <summary>Contacts with customers through every door: who logs them, who sees them, and what follows from them.</summary>
public abstract class InteractionTests(CrmHost host)
{
    private readonly Team _team = new(host);

    [Fact]
    public async Task Who_took_part_without_seeing_the_customer_logs_what_came_of_it_about_another()
    {
        var (owner, me) = (await _team.SalesAsync(), await _team.SalesAsync());
        var hidden = await Team.PersonAsync(owner.Api, "Hiddenname");
        var met = await Team.MadeAsync(owner.Api, "appointments", new { subject = "Tasting", startOn = "2026-03-02", startTime = "09:00", endTime = "10:00", zone = Team.Riga, about = hidden, with = new[] { hidden }, colleagues = new[] { me.Id } });
        using var browser = await Browser.SignedInAsync(host, me.Name);
        var form = await browser.ReadAsync($"/activities/interactions/log?appointment={met}");
        Assert.Contains("Tasting", form, StringComparison.Ordinal);
        Assert.DoesNotContain("Hiddenname", form, StringComparison.Ordinal);
        Assert.DoesNotContain(hidden.ToString(), form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_make_tasks_makes_none_by_logging_a_contact()
    {
        var role = $"r{Guid.CreateVersion7():N}";
        await host.InAsync(async db =>
        {
            var made = new Crm.Kernel.Users.Role { Name = role, Label = role };
            foreach (var permission in new[] { "ViewContacts", "EditContacts", ActivitiesPermissions.View, ActivitiesPermissions.Edit, ActivitiesPermissions.ViewTodo })
                made.Permissions.Add(new Crm.Kernel.Users.RolePermission { RoleId = made.Id, Permission = permission, IsGranted = true });
            db.Add(made);
            await db.SaveChangesAsync();
        });
        var me = await _team.SalesAsync(role);
        var owner = await _team.SalesAsync();
        var person = await Team.PersonAsync(owner.Api);
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(owner.Api, "people", person, "share", new { user = me.Id, mayEdit = true }));
        using var browser = await Browser.SignedInAsync(host, me.Name);
        Assert.DoesNotContain("Input.Next", await browser.ReadAsync($"/activities/interactions/log?about={person}"), StringComparison.Ordinal);
        var form = new Dictionary<string, string> { ["Input.Channel"] = "phone", ["Input.At"] = "2026-03-03T10:00", ["Input.Subject"] = "Called" };
        using var refused = await browser.PostAsync($"/activities/interactions/log/{person}", new(form) { ["Input.Next"] = "Call again", ["Input.NextOn"] = "2035-01-01" }, "/");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        using var logged = await browser.PostAsync($"/activities/interactions/log/{person}", form, "/");
        Assert.Equal(HttpStatusCode.OK, logged.StatusCode);
        Assert.Empty(await Team.ListAsync(owner.Api, "tasks", $"about eq {person}"));
    }

    [Fact]
    [Trait("F", "20")]
    public async Task A_contact_logged_by_API_has_everybody_and_its_result_and_stands_in_the_stories_of_all_whom_it_concerns()
    {
        var (me, other) = (await _team.SalesAsync(), await _team.SalesAsync());
        var (anna, boris, firm) = (await Team.PersonAsync(me.Api), await Team.PersonAsync(me.Api, "Lejiņš"), await Team.MadeAsync(me.Api, "organizations", new { name = "Firm" }));
        var made = await Team.MadeAsync(me.Api, "interactions", new
        {
            about = anna,
            with = new[] { boris },
            alsoAbout = new[] { firm },
            colleagues = new[] { other.Id },
            channel = "phone",
            subject = "Price of the new machine",
            at = "2026-03-02T10:00:00Z",
            resultType = "sale",
            result = new { amount = "1200.50", currency = "EUR" },
            resultMoney = "pledged",
        });
        var read = await Team.ReadAsync(me.Api, $"/api/v1/interactions/{made}");
        Assert.Equal(("1200.50", "EUR", "claimed"), (read.GetProperty("result").GetProperty("amount").GetString(), read.GetProperty("result").GetProperty("currency").GetString(), read.GetProperty("resultState").GetString()));
        Assert.Equal(other.Id, Assert.Single(read.GetProperty("colleagues").EnumerateArray()).GetProperty("id").GetGuid());
        Assert.Equal(me.Id, read.GetProperty("user").GetProperty("id").GetGuid());
        foreach (var (plural, id) in new[] { ("people", anna), ("people", boris), ("organizations", firm) })
        {
            var story = await Team.ReadAsync(me.Api, $"/api/v1/{plural}/{id}/timeline");
            Assert.Contains(story.GetProperty("items").EnumerateArray(), e => e.GetProperty("text").GetString()!.StartsWith("Price of the new machine", StringComparison.Ordinal));
            Assert.Equal(DateTimeOffset.Parse("2026-03-02T10:00:00Z", null), (await LastAsync(me.Api, plural, id))!.Value);
        }
    }

    [Fact]
    [Trait("F", "22")]
    public async Task The_page_logs_a_contact_and_its_next_step_and_names_what_is_wrong()
    {
        var me = await _team.SalesAsync();
        using var browser = await Browser.SignedInAsync(host, me.Name);
        var anna = await Team.PersonAsync(me.Api);
        using var wrong = await browser.PostAsync("/activities/interactions/log", new() { ["Input.About"] = $"{anna}", ["Input.Channel"] = "pigeon", ["Input.At"] = "soon", ["Input.Amount"] = "-5", ["Input.ResultType"] = "sale" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using var saved = await browser.PostAsync(
            "/activities/interactions/log",
            new() { ["Input.About"] = $"{anna}", ["Input.Channel"] = "phone", ["Input.At"] = "2026-03-02T10:00", ["Input.Subject"] = "Asked for an offer", ["Input.Next"] = "Send the offer", ["Input.NextOn"] = "2035-01-02" });
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal("Asked for an offer", Assert.Single(await Team.ListAsync(me.Api, "interactions", $"about eq {anna}")).GetProperty("title").GetString());
        Assert.Equal("2035-01-02", Assert.Single(await Team.ListAsync(me.Api, "tasks", $"about eq {anna}")).GetProperty("dueOn").GetString());
        // The time on the form was Riga's.
        Assert.Equal(DateTimeOffset.Parse("2026-03-02T08:00:00Z", null), await LastAsync(me.Api, "people", anna));
    }

    [Fact]
    [Trait("F", "17")]
    public async Task Who_is_not_designated_is_refused_at_every_door_and_reads_who_is()
    {
        var (anna, me, admin) = (await _team.SalesAsync(), await _team.SalesAsync(), await _team.SalesAsync(ReadyRoles.Administrator));
        var key = $"G{Guid.CreateVersion7():N}";
        var (guarded, free) = (await Team.MadeAsync(me.Api, "people", new { firstName = "Anna", lastName = "Guarded", externalId = key }), await Team.PersonAsync(me.Api, "Free"));
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(admin.Api, "people", guarded, "designate", new { user = anna.Id }));
        var contact = new { about = guarded, channel = "phone", subject = "Hello", at = "2026-03-02T10:00:00Z" };
        using var api = await me.Api.PostAsJsonAsync(new Uri("/api/v1/interactions", UriKind.Relative), contact);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, api.StatusCode);
        Assert.Contains(anna.Name, await api.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var browser = await Browser.SignedInAsync(host, me.Name);
        using var page = await browser.PostAsync("/activities/interactions/log", new() { ["Input.About"] = $"{guarded}", ["Input.Channel"] = "phone", ["Input.At"] = "2026-03-02T10:00", ["Input.Subject"] = "Hello" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.StatusCode);
        Assert.Contains(anna.Name, await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var allowed = await Team.MadeAsync(me.Api, "interactions", new { about = free, channel = "phone", subject = "Hello", at = "2026-03-02T10:00:00Z" });
        using var edit = await ChangedAsync(me.Api, allowed, new { with = new[] { guarded } });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, edit.StatusCode);

        // What the designated colleague had is not handed to somebody else either.
        var hers = await Team.MadeAsync(me.Api, "interactions", new { about = guarded, user = anna.Id, channel = "phone", subject = "Her call", at = "2026-03-02T10:00:00Z" });
        using var taken = await ChangedAsync(me.Api, hers, new { user = me.Id });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, taken.StatusCode);

        var bad = await ImportedAsync(me.Id, $"Person External ID,Channel,When,About What\n{key},phone,2026-03-02T10:00:00Z,From a file\n");
        Assert.Contains(anna.Name, Assert.Single(bad).Reason, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("F", "17")]
    public async Task What_comes_back_from_the_bin_took_place_before_somebody_was_designated()
    {
        var (anna, me) = (await _team.SalesAsync(), await _team.SalesAsync(ReadyRoles.PeopleManager));
        var person = await Team.PersonAsync(me.Api);
        var made = await Team.MadeAsync(me.Api, "interactions", new { about = person, channel = "phone", subject = "Hello", at = "2026-03-02T10:00:00Z" });
        await BinAsync(me.Api, made);
        Assert.Null(await LastAsync(me.Api, "people", person));
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(me.Api, "people", person, "designate", new { user = anna.Id }));
        using var browser = await Browser.SignedInAsync(host, me.Name);
        using var back = await browser.PostAsync($"/activities/interactions/{made}/restore", [], "/");
        Assert.True((int)back.StatusCode < 400, $"{back.StatusCode}");
        Assert.NotNull(await LastAsync(me.Api, "people", person));
    }

    [Fact]
    [Trait("F", "21")]
    public async Task Who_sees_one_of_those_concerned_sees_the_contact_and_not_who_the_others_are()
    {
        var (mine, theirs, stranger) = (await _team.SalesAsync(), await _team.SalesAsync(), await _team.SalesAsync());
        var (hidden, seen) = (await Team.PersonAsync(mine.Api, "Hiddenname"), await Team.PersonAsync(mine.Api, "Seen"));
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(mine.Api, "people", seen, "share", new { user = theirs.Id }));
        var made = await Team.MadeAsync(mine.Api, "interactions", new { about = hidden, with = new[] { seen }, channel = "in-person", subject = "Both were there", at = "2026-03-02T10:00:00Z" });
        var read = await Team.ReadAsync(theirs.Api, $"/api/v1/interactions/{made}");
        Assert.Equal(JsonValueKind.Null, read.GetProperty("about").GetProperty("title").ValueKind);
        Assert.Contains("Seen", Assert.Single(read.GetProperty("with").EnumerateArray()).GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Hiddenname", read.GetRawText(), StringComparison.Ordinal);
        using var browser = await Browser.SignedInAsync(host, theirs.Name);
        var page = await browser.ReadAsync($"/activities/interactions/{made}");
        Assert.True(page.Contains("Restricted", StringComparison.Ordinal) && !page.Contains("Hiddenname", StringComparison.Ordinal));
        Assert.Single(await Team.ListAsync(theirs.Api, "interactions", $"with eq {seen}"));
        Assert.Empty(await Team.ListAsync(stranger.Api, "interactions", $"with eq {seen}"));
        using var none = await stranger.Api.GetAsync(new Uri($"/api/v1/interactions/{made}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        // Nobody names somebody whom he doesn't see.
        using var guess = await stranger.Api.PostAsJsonAsync(new Uri("/api/v1/interactions", UriKind.Relative), new { about = await Team.PersonAsync(stranger.Api), with = new[] { hidden }, channel = "phone", subject = "Guess", at = "2026-03-02T10:00:00Z" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, guess.StatusCode);
    }

    [Fact]
    [Trait("F", "22")]
    public async Task People_are_found_and_sorted_by_their_last_contact_and_the_list_begins_with_the_newest()
    {
        var me = await _team.SalesAsync();
        var (early, late, never) = (await Team.PersonAsync(me.Api, "Early"), await Team.PersonAsync(me.Api, "Late"), await Team.PersonAsync(me.Api, "Never"));
        foreach (var (person, at) in new[] { (early, "2026-01-05T10:00:00Z"), (late, "2026-03-05T10:00:00Z"), (early, "2026-01-03T10:00:00Z") })
            await Team.MadeAsync(me.Api, "interactions", new { about = person, channel = "phone", subject = at, at });
        Assert.Equal([early, late, never], await IdsAsync(me.Api, "/api/v1/people?sort=interaction.last"));
        Assert.Equal([early], await IdsAsync(me.Api, "/api/v1/people?filter=" + Uri.EscapeDataString("interaction.last lt 2026-02-01")));
        Assert.Equal([never], await IdsAsync(me.Api, "/api/v1/people?filter=" + Uri.EscapeDataString("interaction.last eq null")));
        var titles = (await Team.ReadAsync(me.Api, "/api/v1/interactions")).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("title").GetString()!).ToList();
        Assert.Equal(titles.OrderDescending(StringComparer.Ordinal), titles);
        using var browser = await Browser.SignedInAsync(host, me.Name);
        Assert.Contains("Last contact", await browser.ReadAsync($"/contacts/people/{late}"), StringComparison.Ordinal);
        var panel = await browser.PieceAsync($"/activities/interactions/panel/{early}");
        Assert.True(panel.IndexOf("2026-01-05", StringComparison.Ordinal) < panel.IndexOf("2026-01-03", StringComparison.Ordinal));
        using var stranger = await Browser.SignedInAsync(host, (await _team.SalesAsync()).Name);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/activities/interactions/panel/{early}")).StatusCode);
    }

    private static async Task<DateTimeOffset?> LastAsync(HttpClient api, string plural, Guid id) =>
        (await Team.ReadAsync(api, $"/api/v1/{plural}/{id}")).GetProperty("interaction.last") is { ValueKind: JsonValueKind.String } last ? last.GetDateTimeOffset() : null;

    private static async Task<List<Guid>> IdsAsync(HttpClient api, string url) =>
        [.. (await Team.ReadAsync(api, url)).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid())];

    internal static async Task<HttpResponseMessage> ChangedAsync(HttpClient api, Guid id, object values)
    {
        using var change = new HttpRequestMessage(HttpMethod.Patch, new Uri($"/api/v1/interactions/{id}", UriKind.Relative)) { Content = JsonContent.Create(values), Headers = { { "If-Match", "*" } } };
        return await api.SendAsync(change);
    }

    internal static async Task BinAsync(HttpClient api, Guid id)
    {
        using var delete = new HttpRequestMessage(HttpMethod.Delete, new Uri($"/api/v1/interactions/{id}", UriKind.Relative)) { Headers = { { "If-Match", "*" } } };
        using var answer = await api.SendAsync(delete);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private async Task<List<BadRow>> ImportedAsync(Guid user, string file)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<Actor>();
        (actor.UserId, actor.Door) = (user, "import");
        var type = scope.ServiceProvider.GetRequiredService<RecordTypes>().Find("interaction")!;
        var (plan, stream) = await scope.ServiceProvider.GetRequiredService<PlanImport>().RunAsync(type, new MemoryStream(Encoding.UTF8.GetBytes(file)), new ImportMap(), null, default);
        var bad = new List<BadRow>();
        await scope.ServiceProvider.GetRequiredService<ImportRun>().RunAsync(
            plan, stream, new ImportOptions("test.csv"), row =>
            {
                bad.Add(row);
                return Task.CompletedTask;
            },
            _ => Task.CompletedTask, default);
        return bad;
    }
}

/// <summary>On SQLite.</summary>
public sealed class InteractionsOnSqlite(SqliteHost host) : InteractionTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class InteractionsOnPostgres(PostgresHost host) : InteractionTests(host), IClassFixture<PostgresHost>;
