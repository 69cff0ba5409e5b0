using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Crm.Abstractions.Security;
using Crm.Activities.Tests.Mails;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Tests.Cadence;

/// <summary>Nobody is forgotten, nobody pestered: rules, lists under the reader's rights, warnings that refuse nothing.</summary>
public abstract class CadenceTests(CrmHost host)
{
    private readonly Team _team = new(host);
    private readonly string _tag = $"t{Guid.CreateVersion7():N}";

    [Fact]
    [Trait("F", "27")]
    public async Task A_rule_is_made_by_who_may_and_says_what_is_wrong_with_it()
    {
        var (manager, me) = (await _team.SalesAsync(ReadyRoles.PeopleManager), await _team.SalesAsync());
        using var refused = await me.Api.PostAsJsonAsync(Rules, new { name = "Mine", atLeastDays = 30 });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        await host.SegmentAsync("person", _tag, "cadence.state eq \"overdue\"");
        foreach (var (field, rule) in new (string, object)[]
        {
            ("atLeastDays", new { name = "Nothing asked" }),
            ("atLeastDays", new { name = "No days", atLeastDays = 0 }),
            ("atMostDays", new { name = "Half", atMostTimes = 2 }),
            ("customers", new { name = "Whom", customers = "nobody", atLeastDays = 3 }),
            ("segment", new { name = "No such view", customers = "person", segment = "not saved", atLeastDays = 3 }),
            ("segment", new { name = "Of itself", customers = "person", segment = _tag, atLeastDays = 3 }),
            ("channels", new { name = "No such channel", channels = new[] { "pigeon" }, atLeastDays = 3 }),
        })
        {
            using var wrong = await manager.Api.PostAsJsonAsync(Rules, rule);
            var said = await wrong.Content.ReadAsStringAsync();
            Assert.True(wrong.StatusCode == HttpStatusCode.UnprocessableEntity && said.Contains($"\"{field}\"", StringComparison.Ordinal), said);
        }

        using var browser = await Browser.SignedInAsync(host, manager.Name);
        var form = await browser.ReadAsync("/activities/cadence-rules/new");
        Assert.Matches(@"name=""isActive""[^>]*checked|checked[^>]*name=""isActive""", form);
        using var saved = await browser.PostAsync(
            "/activities/cadence-rules/new", new() { ["name"] = _tag, ["customers"] = "person", ["atLeastDays"] = "30", ["_was"] = """{"isActive":["true"]}""" });
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.False(Assert.Single(await Team.ListAsync(manager.Api, "cadence-rules", $"name eq \"{_tag}\"")).GetProperty("isActive").GetBoolean());
    }

    [Fact]
    [Trait("F", "27")]
    public async Task Each_reader_finds_his_own_customers_overdue_longest_first()
    {
        var (manager, me, other) = (await _team.SalesAsync(ReadyRoles.Administrator), await _team.SalesAsync(), await _team.SalesAsync());
        var (rule, now) = (await RuleAsync(manager.Api, new { atLeastDays = 30 }), TimeProvider.System.GetUtcNow());
        var (longest, late, fresh, never, theirs) = (await TaggedAsync(me.Api), await TaggedAsync(me.Api), await TaggedAsync(me.Api), await TaggedAsync(me.Api), await TaggedAsync(other.Api));
        foreach (var (person, days) in new[] { (longest, 90), (late, 40), (fresh, 2) })
            await LoggedAsync(me.Api, person, now.AddDays(-days));
        await LoggedAsync(other.Api, theirs, now.AddDays(-50));
        await host.PrepareAsync();
        Assert.Equal([longest, late], await host.ListAsync(me.Id, rule, isOften: false, pageSize: 1));
        Assert.Equal([theirs], await host.ListAsync(other.Id, rule, isOften: false));
        Assert.Equal([longest, theirs, late], await host.ListAsync(manager.Id, rule, isOften: false));
        Assert.Empty(await host.ListAsync(manager.Id, rule, isOften: false, isMine: true));

        using var browser = await Browser.SignedInAsync(host, me.Name);
        var page = await browser.ReadAsync($"/activities/cadence?rule={rule}");
        Assert.True(page.Contains($"/contacts/people/{late}", StringComparison.Ordinal) && !page.Contains($"{theirs}", StringComparison.Ordinal) && !page.Contains($"/contacts/people/{never}", StringComparison.Ordinal));
        Assert.Contains("status-red", await browser.PieceAsync("/activities/cadence/widget"), StringComparison.Ordinal);
        Assert.Contains("Contact overdue", await browser.ReadAsync($"/contacts/people/{late}"), StringComparison.Ordinal);
        Assert.Contains("In touch", await browser.ReadAsync($"/contacts/people/{fresh}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/activities/cadence?rule={rule}&after=nonsense")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/activities/cadence?rule={Guid.CreateVersion7()}")).StatusCode);

        using var boss = await Browser.SignedInAsync(host, manager.Name);
        var file = await boss.ReadAsync($"/activities/cadence?rule={rule}&handler=export");
        Assert.Equal(4, file.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    [Trait("F", "27")]
    public async Task Who_was_never_contacted_counts_from_the_beginning_and_a_contact_from_the_file_of_old_ones_counts_too()
    {
        var (manager, now) = (await _team.SalesAsync(ReadyRoles.Administrator), TimeProvider.System.GetUtcNow());
        var (old, young) = (await TaggedAsync(manager.Api), await TaggedAsync(manager.Api));
        await host.BeganAsync(old, now.AddDays(-400));
        var rule = await RuleAsync(manager.Api, new { atLeastDays = 30 });
        using var browser = await Browser.SignedInAsync(host, manager.Name);
        Assert.Contains("being prepared", await browser.ReadAsync($"/activities/cadence?rule={rule}"), StringComparison.Ordinal);
        await host.PrepareAsync();
        Assert.Equal([old], await host.ListAsync(manager.Id, rule, isOften: false));
        // Made after the rule: marked at once.
        var later = await TaggedAsync(manager.Api);
        Assert.Equal("ok", await StateAsync(manager.Api, later));
        await LoggedAsync(manager.Api, young, now.AddDays(-35));
        Assert.Equal([old, young], await host.ListAsync(manager.Id, rule, isOften: false));
    }

    [Fact]
    [Trait("F", "27")]
    public async Task One_contact_too_many_is_saved_with_a_warning_at_every_door()
    {
        var (manager, me, now) = (await _team.SalesAsync(ReadyRoles.Administrator), await _team.SalesAsync(), TimeProvider.System.GetUtcNow());
        var rule = await RuleAsync(manager.Api, new { channels = new[] { "phone" }, atMostTimes = 1, atMostDays = 30 });
        var person = await TaggedAsync(me.Api);
        await host.PrepareAsync();
        Assert.Empty(await WarningsAsync(me.Api, "interactions", new { about = person, channel = "phone", subject = "First", at = now.AddDays(-3) }));
        Assert.Empty(await WarningsAsync(me.Api, "interactions", new { about = person, channel = "email", subject = "Another channel", at = now.AddDays(-2) }));
        var second = new { about = person, channel = "phone", subject = "Second", at = now.AddDays(-1) };
        Assert.Contains("number 2", Assert.Single(await WarningsAsync(me.Api, "interactions", second)), StringComparison.Ordinal);
        Assert.Contains("number 3", Assert.Single(await WarningsAsync(me.Api, "interactions", second, key: $"k{_tag}")), StringComparison.Ordinal);
        Assert.Contains("number 3", Assert.Single(await WarningsAsync(me.Api, "interactions", second, key: $"k{_tag}")), StringComparison.Ordinal);
        Assert.Empty(await WarningsAsync(me.Api, "interactions", new { about = person, channel = "phone", subject = "Long ago", at = now.AddDays(-60) }));
        Assert.NotEmpty(await WarningsAsync(me.Api, "tasks", new { about = person, channel = "phone", subject = "Call again", dueOn = now.AddDays(1).ToString("yyyy-MM-dd", null) }));
        Assert.Empty(await WarningsAsync(me.Api, "tasks", new { about = person, channel = "phone", subject = "Call in spring", dueOn = now.AddDays(90).ToString("yyyy-MM-dd", null) }));
        Assert.Equal([person], await host.ListAsync(me.Id, rule, isOften: true));

        using var browser = await Browser.SignedInAsync(host, me.Name);
        var live = await browser.PieceAsync($"/activities/cadence/warning?Input.About={person}&Input.Channel=phone&Input.At=");
        Assert.Contains("number 4", live, StringComparison.Ordinal);
        Assert.DoesNotContain("notice", await browser.PieceAsync($"/activities/cadence/warning?Input.About={person}&Input.Channel=email&Input.At="), StringComparison.Ordinal);
        using var stranger = await Browser.SignedInAsync(host, (await _team.SalesAsync()).Name);
        Assert.DoesNotContain("notice", await stranger.PieceAsync($"/activities/cadence/warning?Input.About={person}&Input.Channel=phone&Input.At="), StringComparison.Ordinal);
        using var saved = await browser.PostAsync(
            $"/activities/interactions/log/{person}", new() { ["Input.Channel"] = "phone", ["Input.At"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", null), ["Input.Subject"] = "Once more" }, "/");
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        Assert.Contains("number 4", string.Join(' ', saved.Headers.GetValues("HX-Trigger")), StringComparison.Ordinal);
        Assert.Contains("often", await browser.ReadAsync($"/activities/cadence?list=often&rule={rule}"), StringComparison.Ordinal);

        using var listed = await browser.PostAsync("/activities/calls/new", new() { ["Segment"] = $"person:{_tag}", ["Input.Subject"] = "Spring offer" });
        Assert.Equal(HttpStatusCode.Redirect, listed.StatusCode);
        var call = await browser.ReadAsync("/activities/calls");
        Assert.Contains("1 of them hear from us too often already", call, StringComparison.Ordinal);
        Assert.Contains("number 5", call, StringComparison.Ordinal);
        var task = (await Team.ListAsync(me.Api, "tasks", $"about eq {person} and channel eq phone and state eq open"))[0].GetProperty("id").GetGuid();
        using var called = await browser.PostAsync($"/activities/calls?task={task}", new() { ["outcome"] = "reached" }, "/activities/calls");
        Assert.Contains("number 5", await browser.ReadAsync("/activities/calls"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("F", "26")]
    public async Task A_list_whose_view_is_gone_is_no_torn_file()
    {
        var manager = await _team.SalesAsync(ReadyRoles.Administrator);
        var rule = await RuleAsync(manager.Api, new { atLeastDays = 3 });
        await host.PrepareAsync();
        using var browser = await Browser.SignedInAsync(host, manager.Name);
        using var whole = await browser.GetAsync($"/activities/cadence?handler=export&rule={rule}");
        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
        await host.InAsync(async db =>
        {
            db.RemoveRange(await db.Set<Crm.Kernel.RecordPages.SavedView>().Where(v => v.Name == _tag).ToListAsync());
            await db.SaveChangesAsync();
        });
        using var torn = await browser.GetAsync($"/activities/cadence?handler=export&rule={rule}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, torn.StatusCode);
    }

    [Fact]
    [Trait("F", "27")]
    public async Task One_mail_too_many_is_sent_with_a_warning_before_and_after()
    {
        var (manager, me, now) = (await _team.SalesAsync(ReadyRoles.Administrator), await _team.SalesAsync(), TimeProvider.System.GetUtcNow());
        await RuleAsync(manager.Api, new { channels = new[] { "email" }, atMostTimes = 1, atMostDays = 30 });
        var person = await TaggedAsync(me.Api);
        using var browser = await Browser.SignedInAsync(host, me.Name);
        Assert.DoesNotContain("That is often", await browser.PieceAsync($"/activities/mails/write/{person}"), StringComparison.Ordinal);
        await Team.MadeAsync(me.Api, "interactions", new { about = person, channel = "email", subject = "Wrote", at = now.AddDays(-1) });
        Assert.Contains("number 2", await browser.PieceAsync($"/activities/mails/write/{person}"), StringComparison.Ordinal);
        using var sent = await browser.PostAsync($"/activities/mails/write/{person}", new() { ["to"] = "anna@example.org", ["subject"] = "Again", ["body"] = "Hello" }, "/");
        Assert.True(sent.IsSuccessStatusCode, await sent.Content.ReadAsStringAsync());
        Assert.Contains("number 2", string.Join(' ', sent.Headers.GetValues("HX-Trigger")), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("F", "27")]
    public async Task A_hidden_participant_is_warned_of_without_a_name()
    {
        var (manager, me, other, now) = (await _team.SalesAsync(ReadyRoles.Administrator), await _team.SalesAsync(), await _team.SalesAsync(), TimeProvider.System.GetUtcNow());
        await RuleAsync(manager.Api, new { atMostTimes = 1, atMostDays = 30 });
        var (hidden, mine) = (await TaggedAsync(other.Api, "Secretname"), await TaggedAsync(me.Api));
        await LoggedAsync(other.Api, hidden, now.AddDays(-2));
        var logged = await Team.MadeAsync(manager.Api, "interactions", new { about = mine, with = new[] { hidden }, channel = "event", subject = "Fair", at = now.AddDays(-1) });
        using var change = new HttpRequestMessage(HttpMethod.Patch, new Uri($"/api/v1/interactions/{logged}", UriKind.Relative)) { Content = JsonContent.Create(new { minutes = 5 }), Headers = { { "If-Match", "*" } } };
        using var answer = await me.Api.SendAsync(change);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(text.Contains("somebody who takes part", StringComparison.Ordinal) && !text.Contains("Secretname", StringComparison.Ordinal), text);
    }

    [Fact]
    public async Task A_rule_whose_segment_is_gone_counts_for_nobody_and_says_so()
    {
        var manager = await _team.SalesAsync(ReadyRoles.Administrator);
        var rule = await RuleAsync(manager.Api, new { atLeastDays = 1 });
        await host.PrepareAsync();
        await host.InAsync(async db =>
        {
            db.RemoveRange(db.Set<Crm.Kernel.RecordPages.SavedView>().Where(v => v.Name == _tag));
            await db.SaveChangesAsync();
        });
        var person = await TaggedAsync(manager.Api);
        Assert.Null(await StateAsync(manager.Api, person));
        using var browser = await Browser.SignedInAsync(host, manager.Name);
        Assert.Contains("be applied", await browser.ReadAsync($"/activities/cadence?rule={rule}"), StringComparison.Ordinal);
        await browser.PieceAsync("/activities/cadence/widget");
    }

    private static Uri Rules => new("/api/v1/cadence-rules", UriKind.Relative);

    private async Task<Guid> RuleAsync(HttpClient api, object what)
    {
        await host.SegmentAsync("person", _tag, $"tags eq \"{_tag}\"");
        var rule = JsonSerializer.SerializeToNode(what)!.AsObject();
        (rule["name"], rule["customers"], rule["segment"]) = (_tag, "person", _tag);
        return await Team.MadeAsync(api, "cadence-rules", rule);
    }

    private Task<Guid> TaggedAsync(HttpClient api, string lastName = "Tagged") => Team.MadeAsync(api, "people", new { firstName = "Anna", lastName, tags = new[] { _tag } });

    private static Task<Guid> LoggedAsync(HttpClient api, Guid person, DateTimeOffset at) => Team.MadeAsync(api, "interactions", new { about = person, channel = "phone", subject = "Call", at });

    private static async Task<string?> StateAsync(HttpClient api, Guid person) => (await Team.ReadAsync(api, $"/api/v1/people/{person}")).GetProperty("cadence.state").GetString();

    private static async Task<List<string>> WarningsAsync(HttpClient api, string plural, object record, string? key = null)
    {
        using var post = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/v1/{plural}", UriKind.Relative)) { Content = JsonContent.Create(record) };
        if (key is not null)
            post.Headers.Add("Idempotency-Key", key);
        using var answer = await api.SendAsync(post);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).TryGetProperty("warnings", out var warnings) ? [.. warnings.EnumerateArray().Select(w => w.GetString()!)] : [];
    }
}

/// <summary>On SQLite.</summary>
public sealed class CadenceOnSqlite(MailSqliteHost host) : CadenceTests(host), IClassFixture<MailSqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class CadenceOnPostgres(MailPostgresHost host) : CadenceTests(host), IClassFixture<MailPostgresHost>;
