using System.Net;
using System.Text.Json;
using Crm.Activities.Tasks;
using Crm.Kernel.Jobs;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Tests.Tasks;

/// <summary>Tasks as people have them: the box on a record's page, the tile of My day, the list and its bulk acts.</summary>
public abstract class TaskPageTests(CrmHost host)
{
    private readonly Team _team = new(host);

    [Fact]
    public async Task A_task_is_planned_in_the_box_ticked_off_there_and_taken_back()
    {
        var me = await _team.SalesAsync();
        using var browser = await Browser.SignedInAsync(host, me.Name);
        var person = await Team.PersonAsync(me.Api);
        using var wrong = await browser.PostAsync($"/activities/tasks/panel/{person}", new() { ["Input.Subject"] = " ", ["Input.On"] = "soon", ["Input.Time"] = "25:99" }, "/");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using var added = await browser.PostAsync($"/activities/tasks/panel/{person}", new() { ["Input.Subject"] = "Send the price list", ["Input.On"] = "2020-01-01" }, "/");
        Assert.Equal(HttpStatusCode.OK, added.StatusCode);
        var box = await browser.PieceAsync($"/activities/tasks/panel/{person}");
        Assert.Contains("Send the price list", box, StringComparison.Ordinal);
        Assert.Contains("status-red", box, StringComparison.Ordinal);
        Assert.Contains("Overdue by", box, StringComparison.Ordinal);

        var task = Assert.Single(await Team.ListAsync(me.Api, "tasks", $"about eq {person}")).GetProperty("id").GetGuid();
        using var done = await browser.PostAsync($"/activities/tasks/tick/{task}?handler=Done", [], "/");
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        var said = Assert.Single(done.Headers.GetValues("HX-Trigger"));
        Assert.Contains("story-changed", said, StringComparison.Ordinal);
        var undo = JsonDocument.Parse(said).RootElement.GetProperty("toast").GetProperty("undoUrl").GetString()!;
        Assert.DoesNotContain("Send the price list", await browser.PieceAsync($"/activities/tasks/panel/{person}"), StringComparison.Ordinal);
        using var twice = await browser.PostAsync($"/activities/tasks/tick/{task}?handler=Done", [], "/");
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        using var back = await browser.PostAsync(undo, [], "/");
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        Assert.Contains("Send the price list", await browser.PieceAsync($"/activities/tasks/panel/{person}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_box_above_the_story_plans_a_task_too()
    {
        var me = await _team.SalesAsync();
        using var browser = await Browser.SignedInAsync(host, me.Name);
        var person = await Team.PersonAsync(me.Api);
        using var saved = await browser.PostAsync(
            $"/activities/tasks/compose/{person}", new() { ["Input.Subject"] = "Call about the machine", ["Input.On"] = "2035-03-01", ["Input.Time"] = "14:30", ["Input.Channel"] = "phone" }, "/");
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        var task = Assert.Single(await Team.ListAsync(me.Api, "tasks", $"about eq {person}"));
        Assert.Equal(("phone", Team.Riga), (task.GetProperty("channel").GetString(), task.GetProperty("zone").GetString()));
        using var nonsense = await browser.PostAsync($"/activities/tasks/compose/{person}", new() { ["Input.Subject"] = "X", ["Input.Channel"] = "pigeon", ["Input.Assignee"] = Guid.CreateVersion7().ToString() }, "/");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nonsense.StatusCode);
    }

    [Fact]
    public async Task Who_has_more_late_than_anybody_reads_still_finds_what_is_due_today()
    {
        var me = await _team.SalesAsync();
        using var browser = await Browser.SignedInAsync(host, me.Name);
        await Team.MadeAsync(me.Api, "tasks", new { subject = "One for today", dueOn = $"{TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(Team.Riga)):yyyy-MM-dd}" });
        for (var batch = 0; batch < 5; batch++)
        {
            await host.InAsync(async db =>
            {
                for (var i = 0; i < 220; i++)
                {
                    var task = CrmTask.New();
                    (task.Subject, task.Spine.OwnerId) = ($"Late {i}", me.Id);
                    task.Plan(new DateOnly(2020, 1, 1), null, Team.Riga);
                    db.Add(task);
                }

                await db.SaveChangesAsync();
            });
        }

        var tile = await browser.PieceAsync("/activities/tasks/today");
        Assert.Contains("One for today", tile, StringComparison.Ordinal);
        Assert.Contains("<span class=\"count\">100</span>", tile, StringComparison.Ordinal);
    }

    [Fact]
    public async Task My_day_shows_what_is_late_and_due_and_puts_it_off()
    {
        var me = await _team.SalesAsync();
        using var browser = await Browser.SignedInAsync(host, me.Name);
        var person = await Team.PersonAsync(me.Api, "Kalniņa");
        var late = await Team.MadeAsync(me.Api, "tasks", new { subject = "Long overdue", about = person, dueOn = "2020-01-01" });
        await Team.MadeAsync(me.Api, "tasks", new { subject = "Far away", dueOn = "2035-01-01" });
        var tile = await browser.PieceAsync("/activities/tasks/today");
        Assert.Contains("Long overdue", tile, StringComparison.Ordinal);
        Assert.Contains("Kalniņa", tile, StringComparison.Ordinal);
        Assert.DoesNotContain("Far away", tile, StringComparison.Ordinal);
        Assert.Contains("/activities/tasks/today", await browser.ReadAsync("/"), StringComparison.Ordinal);

        using var later = await browser.PostAsync($"/activities/tasks/tick/{late}?handler=Later&until=tomorrow", [], "/");
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
        var tomorrow = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(Team.Riga)).DateTime).AddDays(1);
        Assert.Equal($"{tomorrow:yyyy-MM-dd}", (await Team.ReadAsync(me.Api, $"/api/v1/tasks/{late}")).GetProperty("dueOn").GetString());
        var undo = JsonDocument.Parse(Assert.Single(later.Headers.GetValues("HX-Trigger"))).RootElement.GetProperty("toast").GetProperty("undoUrl").GetString()!;
        using var back = await browser.PostAsync(undo, [], "/");
        Assert.Equal("2020-01-01", (await Team.ReadAsync(me.Api, $"/api/v1/tasks/{late}")).GetProperty("dueOn").GetString());
    }

    [Fact]
    public async Task Who_sees_the_record_sees_its_tasks_and_may_not_end_those_of_others()
    {
        var owner = await _team.SalesAsync();
        var viewer = await _team.SalesAsync();
        var stranger = await _team.SalesAsync();
        var person = await Team.PersonAsync(owner.Api);
        var task = await Team.MadeAsync(owner.Api, "tasks", new { subject = "Between us", about = person });
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(owner.Api, "people", person, "share", new { user = viewer.Id }));
        using var seeing = await Browser.SignedInAsync(host, viewer.Name);
        var box = await seeing.PieceAsync($"/activities/tasks/panel/{person}");
        Assert.Contains("Between us", box, StringComparison.Ordinal);
        Assert.DoesNotContain($"tick/{task}", box, StringComparison.Ordinal);
        using var refused = await seeing.PostAsync($"/activities/tasks/tick/{task}?handler=Done", [], "/");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var strange = await Browser.SignedInAsync(host, stranger.Name);
        using var hidden = await strange.GetAsync($"/activities/tasks/panel/{person}");
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        using var unseen = await strange.PostAsync($"/activities/tasks/tick/{task}?handler=Done", [], "/");
        Assert.Equal(HttpStatusCode.NotFound, unseen.StatusCode);
        using var box2 = await strange.PostAsync($"/activities/tasks/panel/{person}", new() { ["Input.Subject"] = "Mine now" }, "/");
        Assert.Equal(HttpStatusCode.NotFound, box2.StatusCode);
    }

    [Fact]
    public async Task The_list_begins_with_ones_own_open_tasks_by_their_day()
    {
        var me = await _team.SalesAsync();
        using var browser = await Browser.SignedInAsync(host, me.Name);
        await Team.MadeAsync(me.Api, "tasks", new { subject = "A later one", dueOn = "2035-02-01" });
        await Team.MadeAsync(me.Api, "tasks", new { subject = "The next one", dueOn = "2035-01-01" });
        var done = await Team.MadeAsync(me.Api, "tasks", new { subject = "Finished", dueOn = "2034-01-01" });
        await Team.DoAsync(me.Api, "tasks", done, "complete");
        var list = await browser.ReadAsync("/activities/tasks");
        Assert.DoesNotContain("Finished", list, StringComparison.Ordinal);
        Assert.True(list.IndexOf("The next one", StringComparison.Ordinal) < list.IndexOf("A later one", StringComparison.Ordinal));
        Assert.Contains("Given to others", list, StringComparison.Ordinal);
        Assert.Contains("Finished", await browser.ReadAsync("/activities/tasks?view=all"), StringComparison.Ordinal);
        Assert.DoesNotContain("The next one", await browser.ReadAsync("/activities/tasks?view=overdue"), StringComparison.Ordinal);
        Assert.Contains("Finished", await browser.ReadAsync("/activities/tasks?q=finished"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tasks_chosen_in_the_list_get_another_day_together_and_their_reminders_follow()
    {
        var me = await _team.SalesAsync();
        using var browser = await Browser.SignedInAsync(host, me.Name);
        var ids = new List<Guid>();
        for (var i = 0; i < 3; i++)
            ids.Add(await Team.MadeAsync(me.Api, "tasks", new { subject = $"Move me {i}", dueOn = "2035-01-01", remindMinutes = 0 }));
        using var moved = await browser.PostAsync("/activities/tasks/bulk?" + string.Join('&', ids.Select(i => "id=" + i)), new() { ["act"] = "set", ["field"] = "dueOn", ["set.dueOn"] = "2035-05-05" }, "/activities/tasks");
        Assert.Equal(HttpStatusCode.Redirect, moved.StatusCode);
        foreach (var id in ids)
            Assert.Equal("2035-05-05", (await Team.ReadAsync(me.Api, $"/api/v1/tasks/{id}")).GetProperty("dueOn").GetString());
        // Nine in the morning of the new day, in Riga.
        await host.InAsync(async db =>
        {
            var planned = await db.Set<DueFact>().Where(d => ids.Contains(d.AboutId) && d.Purpose == TaskNotices.Reminder).Select(d => d.DueAt).ToListAsync();
            Assert.Equal(Enumerable.Repeat(new DateTimeOffset(2035, 5, 5, 6, 0, 0, TimeSpan.Zero), 3), planned);
        });
    }
}

public sealed class TaskPagesOnSqlite(SqliteHost host) : TaskPageTests(host), IClassFixture<SqliteHost>;

public sealed class TaskPagesOnPostgres(PostgresHost host) : TaskPageTests(host), IClassFixture<PostgresHost>;
