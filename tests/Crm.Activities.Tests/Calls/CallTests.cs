using System.Net;
using System.Text.RegularExpressions;
using Crm.Kernel.RecordPages;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Activities.Tests.Calls;

/// <summary>One call after the other.</summary>
public abstract partial class CallTests(CrmHost host)
{
    private readonly Team _team = new(host);

    [Fact]
    public async Task One_key_logs_the_call_ends_the_task_and_brings_the_next()
    {
        var me = await _team.SalesAsync();
        using var browser = await Browser.SignedInAsync(host, me.Name);
        var first = await Team.MadeAsync(me.Api, "people", new { firstName = "Una", lastName = "Urgent", phones = new[] { new { kind = "mobile", value = "+371 20 123 456" } }, specialNeeds = "Hard of hearing" });
        var second = await Team.PersonAsync(me.Api, "Later");
        var task = await Team.MadeAsync(me.Api, "tasks", new { subject = "Renewal", about = first, channel = "phone", dueOn = "2020-01-01" });
        await Team.MadeAsync(me.Api, "tasks", new { subject = "Renewal", about = second, channel = "phone", dueOn = "2035-01-01" });
        await Team.MadeAsync(me.Api, "tasks", new { subject = "No call", about = second, dueOn = "2019-01-01" });
        var page = WebUtility.HtmlDecode(await browser.ReadAsync("/activities/calls"));
        foreach (var words in new[] { "2 to go", "Una Urgent", "href=\"tel:+37120123456\"", "Hard of hearing", "data-key=\"1\"", "data-key=\"6\"" })
            Assert.Contains(words, page, StringComparison.Ordinal);

        using var logged = await browser.PostAsync($"/activities/calls?task={task}", new() { ["outcome"] = "interested", ["note"] = "Wants two machines" }, "/activities/calls");
        Assert.Equal(HttpStatusCode.Redirect, logged.StatusCode);
        Assert.Equal("done", (await Team.ReadAsync(me.Api, $"/api/v1/tasks/{task}")).GetProperty("state").GetString());
        var contact = Assert.Single(await Team.ListAsync(me.Api, "interactions", $"about eq {first}"));
        Assert.Equal(("phone", "interested", "Renewal"), (contact.GetProperty("channel").GetString(), contact.GetProperty("outcome").GetString(), contact.GetProperty("subject").GetString()));
        page = await browser.ReadAsync("/activities/calls");
        Assert.Contains("1 to go", page, StringComparison.Ordinal);
        Assert.Contains("Anna Later", page, StringComparison.Ordinal);

        // A wrong key is taken back: the contact goes, the call is in the list again.
        var undo = WebUtility.HtmlDecode(Undo().Match(page).Groups["url"].Value);
        using var back = await browser.PostAsync(undo, [], "/");
        Assert.Equal(HttpStatusCode.NoContent, back.StatusCode);
        Assert.Empty(await Team.ListAsync(me.Api, "interactions", $"about eq {first}"));
        Assert.Contains("Una Urgent", await browser.ReadAsync("/activities/calls"), StringComparison.Ordinal);
        Assert.Contains("Anna Later", await browser.ReadAsync($"/activities/calls?after={task}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_wants_to_be_called_back_is_called_then()
    {
        var me = await _team.SalesAsync();
        using var browser = await Browser.SignedInAsync(host, me.Name);
        var person = await Team.PersonAsync(me.Api);
        var task = await Team.MadeAsync(me.Api, "tasks", new { subject = "Offer", about = person, channel = "phone" });
        using var silent = await browser.PostAsync($"/activities/calls?task={task}", new() { ["outcome"] = "call-back", ["againOn"] = "some day" }, "/activities/calls");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.StatusCode);
        using var said = await browser.PostAsync($"/activities/calls?task={task}", new() { ["outcome"] = "call-back", ["againOn"] = "2035-03-02", ["againAt"] = "10:15" }, "/activities/calls");
        Assert.Equal(HttpStatusCode.Redirect, said.StatusCode);
        var next = Assert.Single(await Team.ListAsync(me.Api, "tasks", $"about eq {person} and state eq open"));
        Assert.Equal(("phone", new DateTimeOffset(2035, 3, 2, 8, 15, 0, TimeSpan.Zero)), (next.GetProperty("channel").GetString(), next.GetProperty("due").GetDateTimeOffset()));
    }

    [Fact]
    public async Task However_many_ways_a_call_ends_each_has_a_key_that_nothing_else_has()
    {
        var me = await _team.SalesAsync();
        var list = Crm.Activities.ActivitiesLists.Outcomes.Name;
        await host.InAsync(async db =>
        {
            for (var i = 0; i < 12; i++)
                db.Add(new Crm.Kernel.WordLists.Choice { List = list, Value = $"further-{i}", Label = $"Further {i}", Rank = 100 + i });
            await db.SaveChangesAsync();
        });
        try
        {
            await host.Services.GetRequiredService<Crm.Kernel.WordLists.ChoiceLists>().ReloadAsync(default);
            using var browser = await Browser.SignedInAsync(host, me.Name);
            await Team.MadeAsync(me.Api, "tasks", new { subject = "Renewal", about = await Team.PersonAsync(me.Api), channel = "phone" });
            var page = WebUtility.HtmlDecode(await browser.ReadAsync("/activities/calls"));
            var keys = Keys().Matches(page).Select(m => m.Groups["key"].Value).ToList();
            Assert.Equal(keys.Count, keys.Distinct().Count());
            Assert.True(keys.Count > 15 && keys.Contains("0") && keys.Contains("a"), string.Join(' ', keys));
            Assert.DoesNotContain("x", keys);
            Assert.Matches("value=\"further-11\"[^>]*data-key=\".\"", page);
        }
        finally
        {
            await host.InAsync(async db =>
            {
                db.RemoveRange(await db.Set<Crm.Kernel.WordLists.Choice>().Where(c => c.Value.StartsWith("further-")).ToListAsync());
                await db.SaveChangesAsync();
            });
            await host.Services.GetRequiredService<Crm.Kernel.WordLists.ChoiceLists>().ReloadAsync(default);
        }
    }

    [Fact]
    public async Task Nobody_ends_the_calls_of_others()
    {
        var me = await _team.SalesAsync();
        var other = await _team.SalesAsync();
        var person = await Team.PersonAsync(me.Api);
        var task = await Team.MadeAsync(me.Api, "tasks", new { subject = "Mine", about = person, channel = "phone" });
        using var browser = await Browser.SignedInAsync(host, other.Name);
        Assert.DoesNotContain("Mine", await browser.ReadAsync($"/activities/calls?task={task}"), StringComparison.Ordinal);
        using var refused = await browser.PostAsync($"/activities/calls?task={task}", new() { ["outcome"] = "reached" }, "/activities/calls");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        using var undo = await browser.PostAsync($"/activities/calls?handler=Undo&task={task}&interaction={Guid.CreateVersion7()}", [], "/activities/calls");
        Assert.Equal(HttpStatusCode.NotFound, undo.StatusCode);
        Assert.Equal("open", (await Team.ReadAsync(me.Api, $"/api/v1/tasks/{task}")).GetProperty("state").GetString());
        using var nonsense = await (await Browser.SignedInAsync(host, me.Name)).PostAsync($"/activities/calls?task={task}", new() { ["outcome"] = "sold the moon" }, "/activities/calls");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nonsense.StatusCode);
    }

    [Fact]
    public async Task Everybody_in_a_view_that_one_sees_is_called_once()
    {
        var me = await _team.SalesAsync();
        var other = await _team.SalesAsync();
        using var browser = await Browser.SignedInAsync(host, me.Name);
        var family = $"F{Guid.CreateVersion7():N}";
        var mine = new List<Guid>();
        for (var i = 0; i < 23; i++)
            mine.Add(await Team.PersonAsync(me.Api, family));
        await Team.PersonAsync(other.Api, family);
        // Who has refused calls is not called.
        await Team.MadeAsync(me.Api, "consents", new { record = await Team.PersonAsync(me.Api, family), channel = "phone", state = "refused", source = "Told the driver", at = TimeProvider.System.GetUtcNow() });
        var view = $"The \"best\" {family}";
        await host.InAsync(async db =>
        {
            db.Add(new SavedView { Kind = "person", Name = view, Filter = $"lastName eq {family}" });
            await db.SaveChangesAsync();
        });
        Dictionary<string, string> form() => new() { ["Segment"] = $"person:{view}", ["Input.Subject"] = "Spring offer", ["Input.On"] = "2035-04-01" };
        for (var twice = 0; twice < 2; twice++)
        {
            using var made = await browser.PostAsync("/activities/calls/new", form());
            Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
            var calls = (await Team.ReadAsync(me.Api, "/api/v1/tasks?limit=200&filter=" + Uri.EscapeDataString("channel eq phone and state eq open"))).GetProperty("items").EnumerateArray().ToList();
            Assert.Equal(mine.Order(), calls.ConvertAll(c => c.GetProperty("about").GetProperty("id").GetGuid()).Order());
        }

        using var unknown = await browser.PostAsync("/activities/calls/new", new(form()) { ["Segment"] = "person:nobody" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
    }

    [GeneratedRegex("data-toast-undo=\"(?<url>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Undo();

    [GeneratedRegex("data-key=\"(?<key>.)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Keys();
}

public sealed class CallsOnSqlite(SqliteHost host) : CallTests(host), IClassFixture<SqliteHost>;

public sealed class CallsOnPostgres(PostgresHost host) : CallTests(host), IClassFixture<PostgresHost>;
