using System.Net;
using System.Net.Http.Json;
using Crm.Abstractions.Security;
using Crm.Activities.Care;
using Crm.Activities.Tasks;
using Crm.Kernel.Data;
using Crm.Kernel.RecordPages;
using Crm.Kernel.Security;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Activities.Tests.Care;

/// <summary>Customers' days become tasks of their owners, once a year.</summary>
public abstract class CareTests(CrmHost host)
{
    private readonly Team _team = new(host);

    [Fact]
    public async Task A_rule_makes_a_task_for_the_owner_at_the_next_run_and_no_second_one()
    {
        var owner = await _team.SalesAsync();
        var today = Today();
        var family = $"B{Guid.CreateVersion7():N}";
        var soon = await BornAsync(owner.Api, family, today.AddDays(3));
        await BornAsync(owner.Api, family, today.AddDays(40));
        await Team.PersonAsync(owner.Api, family);
        await ViewAsync(family, $"lastName eq {family}");
        await BornAsync(owner.Api, "Elsewhere", today.AddDays(3));

        var admin = await _team.SalesAsync(ReadyRoles.Administrator);
        using var browser = await Browser.SignedInAsync(host, admin.Name);
        using var saved = await browser.PostAsync("/activities/care", Form("person:birthday", "7", family));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        await RunAsync();
        var task = Assert.Single(await OfAsync(owner.Api, soon));
        Assert.Equal($"{today:yyyy-MM-dd}", task.GetProperty("dueOn").GetString());
        Assert.Equal(Team.Riga, task.GetProperty("zone").GetString());
        Assert.Equal(soon, Assert.Single(await Team.ListAsync(owner.Api, "tasks", "state eq open")).GetProperty("about").GetProperty("id").GetGuid());

        // Whatever runs again, and also when it is done already.
        await Team.DoAsync(owner.Api, "tasks", task.GetProperty("id").GetGuid(), "complete");
        var rule = await RuleAsync(family);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => FollowAsync(rule)));
        Assert.Empty(await Team.ListAsync(owner.Api, "tasks", "state eq open"));
    }

    [Fact]
    public async Task A_corrected_day_moves_the_open_task_or_takes_it_away_and_leaves_what_is_done_or_changed()
    {
        var owner = await _team.SalesAsync();
        var today = Today();
        var family = $"B{Guid.CreateVersion7():N}";
        await ViewAsync(family, $"lastName eq {family}");
        var rule = new CareRule { Subject = "Congratulate", Kind = "person", Field = "birthday", DaysBefore = 7, Segment = family };
        await host.InAsync(async db =>
        {
            db.Add(rule);
            await db.SaveChangesAsync();
        });
        var people = new List<Guid>();
        for (var i = 0; i < 5; i++)
            people.Add(await BornAsync(owner.Api, family, today.AddDays(3)));
        var (soon, far, done, own, none) = (people[0], people[1], people[2], people[3], people[4]);
        await FollowAsync(rule.Id);
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(owner.Api, "tasks", (await OfAsync(owner.Api, done)).Single().GetProperty("id").GetGuid(), "complete"));
        await PatchAsync(owner.Api, "tasks", (await OfAsync(owner.Api, own)).Single().GetProperty("id").GetGuid(), new { text = "With the orchestra" });

        await PatchAsync(owner.Api, "people", soon, new { birthday = $"{today.AddDays(5).AddYears(-40):yyyy-MM-dd}" });
        foreach (var moved in new[] { far, done, own })
            await PatchAsync(owner.Api, "people", moved, new { birthday = $"{today.AddDays(60).AddYears(-40):yyyy-MM-dd}" });
        await PatchAsync(owner.Api, "people", none, new { birthday = (string?)null });
        await FollowAsync(rule.Id);
        Assert.Equal(today.AddDays(5).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), (await OfAsync(owner.Api, soon)).Single().GetProperty("text").GetString());
        Assert.Empty(await OfAsync(owner.Api, far));
        Assert.Empty(await OfAsync(owner.Api, none));
        Assert.Equal("done", (await OfAsync(owner.Api, done)).Single().GetProperty("state").GetString());
        Assert.Equal(("open", "With the orchestra"), ((await OfAsync(owner.Api, own)).Single().GetProperty("state").GetString(), (await OfAsync(owner.Api, own)).Single().GetProperty("text").GetString()));

        // The right day after all: it is made anew. And who left the view is congratulated all the same.
        await PatchAsync(owner.Api, "people", far, new { birthday = $"{today.AddDays(2).AddYears(-40):yyyy-MM-dd}" });
        await PatchAsync(owner.Api, "people", soon, new { lastName = "Married" });
        await FollowAsync(rule.Id);
        await FollowAsync(rule.Id);
        Assert.Single(await OfAsync(owner.Api, far));
        Assert.Single(await OfAsync(owner.Api, soon));
    }

    [Fact]
    public async Task A_rule_that_was_followed_today_reads_only_who_changed_until_it_is_another_one()
    {
        var (owner, today, family) = (await _team.SalesAsync(), Today(), $"B{Guid.CreateVersion7():N}");
        await ViewAsync(family, $"lastName eq {family}");
        var unchanged = await BornAsync(owner.Api, family, today.AddDays(20));
        var rule = new CareRule { Subject = "Congratulate", Kind = "person", Field = "birthday", DaysBefore = 7, Segment = family };
        await host.InAsync(async db =>
        {
            db.Add(rule);
            await db.SaveChangesAsync();
        });
        await FollowAsync(rule.Id);
        // What nobody changes is not looked at again that day: one that comes by a way without a trace waits for tomorrow's run.
        await host.InAsync(async db =>
        {
            (await db.Set<CareWalk>().SingleAsync(w => w.RuleId == rule.Id)).FollowedTo = TimeProvider.System.GetUtcNow().AddHours(1);
            (await db.Set<CareRule>().SingleAsync(r => r.Id == rule.Id)).DaysBefore = 30;
            await db.SaveChangesAsync();
        });
        await FollowAsync(rule.Id);
        Assert.Empty(await OfAsync(owner.Api, unchanged));
        var admin = await _team.SalesAsync(ReadyRoles.Administrator);
        using var browser = await Browser.SignedInAsync(host, admin.Name);
        using var saved = await browser.PostAsync($"/activities/care/{rule.Id}", Form("person:birthday", "30", family));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        await RunAsync();
        Assert.Single(await OfAsync(owner.Api, unchanged));
    }

    [Fact]
    public async Task A_view_of_ones_own_is_not_offered_for_care()
    {
        var admin = await _team.SalesAsync(ReadyRoles.Administrator);
        var name = $"V{Guid.CreateVersion7():N}";
        await host.InAsync(async db =>
        {
            db.Add(new SavedView { Kind = "person", Name = name, Filter = "lastName eq x", OwnerId = admin.Id });
            await db.SaveChangesAsync();
        });
        using var browser = await Browser.SignedInAsync(host, admin.Name);
        Assert.DoesNotContain(name, await browser.ReadAsync("/activities/care"), StringComparison.Ordinal);
        using var refused = await browser.PostAsync("/activities/care", Form("person:birthday", "7", name));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    [Fact]
    public async Task A_view_that_is_gone_is_told_at_the_rule()
    {
        var rule = new CareRule { Subject = "Greet", Kind = "person", Field = "birthday", Segment = "No such view" };
        var other = new CareRule { Subject = "Greet", Kind = "person", Field = "noSuchField" };
        await host.InAsync(async db =>
        {
            db.AddRange(rule, other);
            await db.SaveChangesAsync();
        });
        await FollowAsync(rule.Id);
        await FollowAsync(other.Id);
        await host.InAsync(async db => Assert.All(await db.Set<CareRule>().Where(r => r.Id == rule.Id || r.Id == other.Id).ToListAsync(), r => Assert.False(string.IsNullOrEmpty(r.Problem))));
        var admin = await _team.SalesAsync(ReadyRoles.Administrator);
        using var browser = await Browser.SignedInAsync(host, admin.Name);
        Assert.Contains("There is no segment", await browser.ReadAsync("/activities/care"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_and_only_who_may_says_rules()
    {
        var admin = await _team.SalesAsync(ReadyRoles.Administrator);
        using var browser = await Browser.SignedInAsync(host, admin.Name);
        foreach (var form in new[] { Form("person:nothing", "7", null), Form("person:birthday", "-3", null), Form("person:birthday", "9999", null), Form("", "", "x") })
        {
            using var refused = await browser.PostAsync("/activities/care", form);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }

        var sales = await _team.SalesAsync();
        using var other = await Browser.SignedInAsync(host, sales.Name);
        using var closed = await other.GetAsync("/activities/care");
        Assert.Equal(HttpStatusCode.Forbidden, closed.StatusCode);
        using var sent = await other.PostAsync("/activities/care", Form("person:birthday", "7", null), "/");
        Assert.Equal(HttpStatusCode.Forbidden, sent.StatusCode);
    }

    [Fact]
    public async Task A_field_that_administrators_made_is_a_day_like_any_other()
    {
        var admin = await host.ApiAsync(await new People(host).AdministratorAsync());
        var owner = await _team.SalesAsync();
        var name = $"signed{Guid.CreateVersion7():N}"[..20];
        await host.InAsync(async db =>
        {
            db.Add(new Crm.Kernel.CustomFields.CustomField { Kind = "organization", Name = name, Label = "Signed", Holds = Crm.Abstractions.Records.FieldKind.Date });
            await db.SaveChangesAsync();
        });
        await host.Services.GetRequiredService<Crm.Kernel.CustomFields.CustomFieldSet>().ReloadAsync(default);
        var company = await Team.MadeAsync(owner.Api, "organizations", new Dictionary<string, object> { ["name"] = "Signed Ltd", [name] = $"{Today().AddDays(2).AddYears(-4):yyyy-MM-dd}" });
        var rule = new CareRule { Subject = "Thank for the years", Kind = "organization", Field = name, DaysBefore = 5 };
        await host.InAsync(async db =>
        {
            db.Add(rule);
            await db.SaveChangesAsync();
        });
        await FollowAsync(rule.Id);
        Assert.Equal("Thank for the years", Assert.Single(await Team.ListAsync(owner.Api, "tasks", $"about eq {company}")).GetProperty("subject").GetString());
    }

    private static Task<List<System.Text.Json.JsonElement>> OfAsync(HttpClient api, Guid about) => Team.ListAsync(api, "tasks", $"about eq {about}");

    private static async Task PatchAsync(HttpClient api, string plural, Guid id, object change)
    {
        var address = new Uri($"/api/v1/{plural}/{id}", UriKind.Relative);
        using var read = await api.GetAsync(address);
        using var ask = new HttpRequestMessage(HttpMethod.Patch, address) { Content = JsonContent.Create(change) };
        ask.Headers.TryAddWithoutValidation("If-Match", read.Headers.ETag!.ToString());
        using var answer = await api.SendAsync(ask);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static Dictionary<string, string> Form(string field, string days, string? segment) => new()
    {
        ["Input.Subject"] = "Congratulate",
        ["Input.Field"] = field,
        ["Input.DaysBefore"] = days,
        ["Input.EachYear"] = "true",
        ["Input.Segment"] = segment is null ? "" : $"person:{segment}",
    };

    // As the site's clock has it.
    private static DateOnly Today() => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    private static Task<Guid> BornAsync(HttpClient api, string lastName, DateOnly birthday) =>
        Team.MadeAsync(api, "people", new { firstName = "Anna", lastName, birthday = $"{birthday.AddYears(-40):yyyy-MM-dd}" });

    // As the job does.
    private async Task RunAsync()
    {
        await using var scope = host.Services.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<Actor>();
        (actor.IsSystem, actor.Door) = (true, "job");
        await ActivatorUtilities.CreateInstance<MakeCareTasks>(scope.ServiceProvider).RunAsync(default);
    }

    private Task ViewAsync(string name, string filter) => host.InAsync(async db =>
    {
        db.Add(new SavedView { Kind = "person", Name = name, Filter = filter });
        await db.SaveChangesAsync();
    });

    private async Task<Guid> RuleAsync(string segment)
    {
        var id = Guid.Empty;
        await host.InAsync(async db => id = await db.Set<CareRule>().Where(r => r.Segment == segment).Select(r => r.Id).SingleAsync());
        return id;
    }

    private async Task FollowAsync(Guid rule)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<Actor>();
        (actor.IsSystem, actor.Door) = (true, "job");
        await scope.ServiceProvider.GetRequiredService<FollowCareRule>().RunAsync(rule, default);
    }
}

public sealed class CareOnSqlite(SqliteHost host) : CareTests(host), IClassFixture<SqliteHost>;

public sealed class CareOnPostgres(PostgresHost host) : CareTests(host), IClassFixture<PostgresHost>;
