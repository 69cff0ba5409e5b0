using System.Net;
using System.Text.Json;
using Crm.Activities.Tasks;
using Crm.Kernel.Jobs;
using Crm.Kernel.Notifications;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Activities.Tests.Tasks;

/// <summary>Tasks through the API: series, giving away, lateness, the timeline.</summary>
public abstract class TaskTests(CrmHost host)
{
    private readonly Team _team = new(host);

    [Fact]
    public async Task Completing_one_of_a_series_makes_the_next_one_once()
    {
        var (_, _, api) = await _team.SalesAsync();
        var person = await Team.PersonAsync(api);
        var task = await Team.MadeAsync(api, "tasks", new { subject = "Ask how it runs", about = person, dueOn = "2035-03-26", dueTime = "09:00", repeats = "weekly", steps = new[] { new { kind = "done", value = "Call" } } });
        Assert.Equal("FREQ=WEEKLY", (await Team.ReadAsync(api, $"/api/v1/tasks/{task}")).GetProperty("recurrence").GetString());

        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(api, "tasks", task, "complete"));
        var next = Assert.Single(await OpenAsync(api, person));
        Assert.Equal(("2035-04-02", "09:00"), (Text(next, "dueOn"), Text(next, "dueTime")?[..5]));
        // The clocks were changed between the two: nine in Riga is an hour earlier in UTC.
        Assert.Equal(new DateTimeOffset(2035, 4, 2, 6, 0, 0, TimeSpan.Zero), next.GetProperty("due").GetDateTimeOffset());
        Assert.Equal("open", Assert.Single((await Team.ReadAsync(api, $"/api/v1/tasks/{next.GetProperty("id").GetGuid()}")).GetProperty("steps").EnumerateArray()).GetProperty("kind").GetString());

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Team.DoAsync(api, "tasks", task, "complete"));
        Assert.Single(await OpenAsync(api, person));
        // Opened again it takes the next one back; done again it brings the same one, and no second.
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(api, "tasks", task, "reopen"));
        Assert.Equal(task, Assert.Single(await OpenAsync(api, person)).GetProperty("id").GetGuid());
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(api, "tasks", task, "complete"));
        Assert.Equal(next.GetProperty("id").GetGuid(), Assert.Single(await OpenAsync(api, person)).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Many_who_complete_one_of_a_series_at_once_make_one_next()
    {
        var (_, _, api) = await _team.SalesAsync();
        var person = await Team.PersonAsync(api);
        var task = await Team.MadeAsync(api, "tasks", new { subject = "Water the plants", about = person, dueOn = "2035-01-01", repeats = "daily" });
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Team.DoAsync(api, "tasks", task, "complete")));
        Assert.Single(answers, HttpStatusCode.OK);
        Assert.DoesNotContain(HttpStatusCode.InternalServerError, answers);
        Assert.Equal("2035-01-02", Text(Assert.Single(await OpenAsync(api, person)), "dueOn"));
    }

    [Fact]
    public async Task One_of_a_series_is_skipped_and_a_series_is_cancelled()
    {
        var (_, _, api) = await _team.SalesAsync();
        var person = await Team.PersonAsync(api);
        var task = await Team.MadeAsync(api, "tasks", new { subject = "Report", about = person, dueOn = "2035-01-31", recurrence = "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2" });
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(api, "tasks", task, "skip"));
        var next = Assert.Single(await OpenAsync(api, person));
        Assert.Equal("2035-02-28", Text(next, "dueOn"));
        Assert.Equal("cancelled", Text(await Team.ReadAsync(api, $"/api/v1/tasks/{task}"), "state"));
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(api, "tasks", next.GetProperty("id").GetGuid(), "cancel"));
        Assert.Empty(await OpenAsync(api, person));
        var single = await Team.MadeAsync(api, "tasks", new { subject = "Once", about = person });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Team.DoAsync(api, "tasks", single, "skip"));
    }

    [Fact]
    public async Task A_rule_that_can_not_be_read_is_refused_at_its_field()
    {
        var (_, _, api) = await _team.SalesAsync();
        foreach (var rule in new[] { "now and then", "FREQ=SECONDLY", "FREQ=DAILY;BYHOUR=1", new string('X', 400) })
        {
            using var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
                api, new Uri("/api/v1/tasks", UriKind.Relative), new { subject = "Wrong", dueOn = "2035-01-01", recurrence = rule });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains("\"recurrence\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_time_without_a_zone_is_meant_in_the_zone_of_who_says_it()
    {
        var (_, _, api) = await _team.SalesAsync();
        var task = await Team.MadeAsync(api, "tasks", new { subject = "Meet", dueOn = "2035-07-02", dueTime = "15:00" });
        var read = await Team.ReadAsync(api, $"/api/v1/tasks/{task}");
        Assert.Equal((Team.Riga, new DateTimeOffset(2035, 7, 2, 12, 0, 0, TimeSpan.Zero)), (Text(read, "zone"), read.GetProperty("due").GetDateTimeOffset()));
    }

    [Fact]
    public async Task Who_gave_a_task_away_sees_how_far_it_is_and_is_told_when_it_is_late_and_when_it_is_done()
    {
        var giver = await _team.SalesAsync();
        var colleague = await _team.SalesAsync();
        var other = await _team.SalesAsync();
        var task = await Team.MadeAsync(giver.Api, "tasks", new { subject = "Prepare the offer", dueOn = "2020-01-01", assignee = colleague.Id });
        Assert.Equal(task, Assert.Single(await Team.ListAsync(giver.Api, "tasks", "giver eq me and state eq open and assignee ne me")).GetProperty("id").GetGuid());
        Assert.Empty(await Team.ListAsync(other.Api, "tasks", "state eq open"));
        await RaisedAsync(task);
        Assert.Equal(1, await ToldAsync(colleague.Id, TaskNotices.Assigned.Name));
        Assert.Equal(1, await ToldAsync(giver.Id, TaskNotices.Late.Name));

        Assert.Equal(HttpStatusCode.NotFound, await Team.DoAsync(other.Api, "tasks", task, "complete"));
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(colleague.Api, "tasks", task, "complete"));
        Assert.Equal(1, await ToldAsync(giver.Id, TaskNotices.Done.Name));
        Assert.Equal("done", Text(await Team.ReadAsync(giver.Api, $"/api/v1/tasks/{task}"), "state"));
    }

    [Fact]
    public async Task Taking_back_a_tick_reminds_nobody_twice()
    {
        var (giver, me) = (await _team.SalesAsync(), await _team.SalesAsync());
        var task = await Team.MadeAsync(giver.Api, "tasks", new { subject = "Long ago", dueOn = "2020-01-01", remindMinutes = 0, assignee = me.Id });
        await RaisedAsync(task);
        Assert.Equal((1, 1), (await ToldAsync(me.Id, TaskNotices.Due.Name), await ToldAsync(giver.Id, TaskNotices.Late.Name)));
        foreach (var deed in new[] { "complete", "reopen" })
            Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(me.Api, "tasks", task, deed));
        Assert.Equal(HttpStatusCode.OK, (await Team.PatchAsync(me.Api, "tasks", task, new { about = await Team.PersonAsync(me.Api) })).Status);
        await RaisedAsync(task);
        Assert.Equal((1, 1), (await ToldAsync(me.Id, TaskNotices.Due.Name), await ToldAsync(giver.Id, TaskNotices.Late.Name)));
        // For another day he is reminded again.
        Assert.Equal(HttpStatusCode.OK, (await Team.PatchAsync(me.Api, "tasks", task, new { dueOn = "2020-02-01" })).Status);
        await RaisedAsync(task);
        Assert.Equal((2, 2), (await ToldAsync(me.Id, TaskNotices.Due.Name), await ToldAsync(giver.Id, TaskNotices.Late.Name)));
    }

    [Fact]
    public async Task What_administrators_added_goes_along_with_the_next_task()
    {
        var (me, reader) = (await _team.SalesAsync(), await _team.SalesAsync());
        var name = $"room{Guid.CreateVersion7():N}"[..20];
        await host.InAsync(async db =>
        {
            db.Add(new Crm.Kernel.CustomFields.CustomField { Kind = "task", Name = name, Label = "Room", Holds = Crm.Abstractions.Records.FieldKind.Text });
            await db.SaveChangesAsync();
        });
        await host.Services.GetRequiredService<Crm.Kernel.CustomFields.CustomFieldSet>().ReloadAsync(default);
        var task = await Team.MadeAsync(me.Api, "tasks", new Dictionary<string, object> { ["subject"] = "Tidy up", ["dueOn"] = "2035-01-01", ["repeats"] = "daily", [name] = "Cellar" });
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(me.Api, "tasks", task, "share", new { user = reader.Id }));
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(me.Api, "tasks", task, "complete"));
        Assert.Equal("Cellar", Text(Assert.Single(await Team.ListAsync(me.Api, "tasks", "assignee eq me and state eq open")), name));
        Assert.Single(await Team.ListAsync(reader.Api, "tasks", "state eq open"));
    }

    [Theory]
    [InlineData("9999-12-31")]
    [InlineData("0001-01-01")]
    public async Task The_ends_of_the_calendar_are_refused_in_words_at_every_door(string day)
    {
        var me = await _team.SalesAsync();
        var person = await Team.PersonAsync(me.Api);
        var task = await Team.MadeAsync(me.Api, "tasks", new { subject = "For ever", dueOn = "2035-01-01", about = person });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Team.PatchAsync(me.Api, "tasks", task, new { dueOn = day })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Team.DoAsync(me.Api, "tasks", task, "snooze", new { until = $"{day}T12:00:00Z" }));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Team.PatchAsync(me.Api, "tasks", task, new { zone = "Europe/Riga ", dueOn = day })).Status);
        using var browser = await Browser.SignedInAsync(host, me.Name);
        using var plan = await browser.PostAsync($"/activities/tasks/tick/{task}?handler=Plan&on={day}", [], "/");
        Assert.Equal(HttpStatusCode.Conflict, plan.StatusCode);
        using var add = await browser.PostAsync($"/activities/tasks/compose/{person}", new() { ["Input.Subject"] = "X", ["Input.On"] = day }, "/");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, add.StatusCode);
        using var log = await browser.PostAsync($"/activities/interactions/log/{person}", new() { ["Input.Channel"] = "phone", ["Input.At"] = $"{day}T00:00", ["Input.Subject"] = "X" }, "/");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, log.StatusCode);
        Assert.Equal("2035-01-01", Text(await Team.ReadAsync(me.Api, $"/api/v1/tasks/{task}"), "dueOn"));
    }

    [Theory]
    [InlineData("long")]
    [InlineData("a\0b")]
    [InlineData("two\nlines")]
    public async Task Own_pages_take_no_text_that_the_API_refuses(string subject)
    {
        var me = await _team.SalesAsync();
        var person = await Team.PersonAsync(me.Api);
        var call = await Team.MadeAsync(me.Api, "tasks", new { subject = "Call", about = person, channel = "phone" });
        var said = subject == "long" ? new string('x', 301) : subject;
        using var browser = await Browser.SignedInAsync(host, me.Name);
        foreach (var (url, fields) in new (string, Dictionary<string, string>)[]
        {
            ($"/activities/tasks/compose/{person}", new() { ["Input.Subject"] = said }),
            ($"/activities/interactions/log/{person}", new() { ["Input.Channel"] = "phone", ["Input.At"] = "2026-03-03T10:00", ["Input.Subject"] = said }),
            ($"/activities/interactions/log/{person}", new() { ["Input.Channel"] = "phone", ["Input.At"] = "2026-03-03T10:00", ["Input.Subject"] = "Fine", ["Input.Next"] = said, ["Input.NextOn"] = "2035-01-01" }),
        })
        {
            using var answer = await browser.UploadAsync(url, fields, "x.txt", [1], "/");
            Assert.Equal((url, HttpStatusCode.UnprocessableEntity), (url, answer.StatusCode));
        }

        var note = subject == "two\nlines" ? "fine\0" : subject == "long" ? new string('x', 20_001) : subject;
        using var logged = await browser.UploadAsync($"/activities/calls?task={call}", new() { ["outcome"] = "reached", ["note"] = note }, "x.txt", [1], "/activities/calls");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, logged.StatusCode);
        using var signed = await browser.UploadAsync("/activities/mails/signature", new() { ["Text"] = "a\0b" }, "x.txt", [1]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, signed.StatusCode);
        Assert.Empty(await Team.ListAsync(me.Api, "interactions", $"about eq {person}"));
    }

    [Fact]
    public async Task Tomorrow_is_another_day_for_a_reader_far_in_the_east()
    {
        var me = await _team.SalesAsync();
        await host.InAsync(async db =>
        {
            (await db.Set<Crm.Kernel.Users.User>().FirstAsync(u => u.Id == me.Id)).TimeZone = "Pacific/Kiritimati";
            await db.SaveChangesAsync();
        });
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var task = await Team.MadeAsync(me.Api, "tasks", new { subject = "Put off", dueOn = $"{today.AddDays(-1):yyyy-MM-dd}", zone = "Pacific/Honolulu" });
        using var browser = await Browser.SignedInAsync(host, me.Name);
        using var later = await browser.PostAsync($"/activities/tasks/tick/{task}?handler=Later&until=tomorrow", [], "/");
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
        var there = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddHours(14).UtcDateTime).AddDays(1);
        Assert.Equal($"{there:yyyy-MM-dd}", Text(await Team.ReadAsync(me.Api, $"/api/v1/tasks/{task}"), "dueOn"));
    }

    [Fact]
    public async Task The_next_of_a_series_that_was_given_away_stays_with_both()
    {
        var giver = await _team.SalesAsync();
        var colleague = await _team.SalesAsync();
        var task = await Team.MadeAsync(giver.Api, "tasks", new { subject = "Weekly figures", dueOn = "2035-01-01", repeats = "weekly", assignee = colleague.Id });
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(colleague.Api, "tasks", task, "complete"));
        var seen = Assert.Single(await Team.ListAsync(giver.Api, "tasks", "giver eq me and state eq open"));
        Assert.Equal("2035-01-08", Text(seen, "dueOn"));
        Assert.Equal(seen.GetProperty("id").GetGuid(), Assert.Single(await Team.ListAsync(colleague.Api, "tasks", "assignee eq me and state eq open")).GetProperty("id").GetGuid());
        Assert.Equal(1, await ToldAsync(colleague.Id, TaskNotices.Assigned.Name));
    }

    [Fact]
    public async Task A_task_that_is_put_off_is_not_late_any_more()
    {
        var giver = await _team.SalesAsync();
        var colleague = await _team.SalesAsync();
        var task = await Team.MadeAsync(giver.Api, "tasks", new { subject = "Ask again", dueOn = "2035-01-01", assignee = colleague.Id });
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(colleague.Api, "tasks", task, "snooze", new { until = "2035-06-01T10:00:00Z" }));
        await host.InAsync(async db =>
        {
            var planned = await db.Set<DueFact>().SingleAsync(d => d.AboutId == task && d.Purpose == TaskNotices.Lateness);
            Assert.Equal(new DateTimeOffset(2035, 6, 1, 21, 0, 0, TimeSpan.Zero), planned.DueAt);
        });
        await Team.DoAsync(colleague.Api, "tasks", task, "cancel");
        await host.InAsync(async db => Assert.False(await db.Set<DueFact>().AnyAsync(d => d.AboutId == task)));
    }

    [Fact]
    public async Task A_task_that_is_done_stands_in_its_customers_story_until_it_is_opened_again()
    {
        var (_, _, api) = await _team.SalesAsync();
        var person = await Team.PersonAsync(api);
        var task = await Team.MadeAsync(api, "tasks", new { subject = "Send the catalogue", about = person });
        Assert.DoesNotContain("Send the catalogue", await StoryAsync(api, person), StringComparison.Ordinal);
        await Team.DoAsync(api, "tasks", task, "complete");
        Assert.Contains("Send the catalogue", await StoryAsync(api, person), StringComparison.Ordinal);
        await Team.DoAsync(api, "tasks", task, "reopen");
        Assert.DoesNotContain("Send the catalogue", await StoryAsync(api, person), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thousand_reminders_of_one_minute_are_each_told_once()
    {
        var (me, _, api) = await _team.SalesAsync();
        var ids = new List<Guid>();
        await host.InAsync(async db =>
        {
            for (var i = 0; i < 1000; i++)
            {
                var task = CrmTask.New();
                (task.Subject, task.RemindMinutes) = ($"Due {i}", 0);
                task.Plan(new DateOnly(2020, 1, 1), new TimeOnly(9, 0), Team.Riga);
                task.Assign(me);
                db.Add(task);
                ids.Add(task.Id);
                if (i % 250 == 249)
                    await db.SaveChangesAsync();
            }
        });
        for (var wait = 0; wait < 300 && await WaitingAsync(ids) > 0; wait++)
            await Task.Delay(200);
        await host.InAsync(async db =>
        {
            var told = await db.Set<Notification>().Where(n => n.UserId == me && n.Kind == TaskNotices.Due.Name).Select(n => n.RecordId).ToListAsync();
            Assert.Equal((1000, 1000), (told.Count, told.Distinct().Count()));
        });
        Assert.Equal(0, await WaitingAsync(ids));
    }

    private static string? Text(JsonElement record, string field) => record.GetProperty(field).GetString();

    private static Task<List<JsonElement>> OpenAsync(HttpClient api, Guid about) => Team.ListAsync(api, "tasks", $"about eq {about} and state eq open");

    private static async Task<string> StoryAsync(HttpClient api, Guid id) => await api.GetStringAsync(new Uri($"/api/v1/people/{id}/timeline", UriKind.Relative));

    private async Task<int> WaitingAsync(List<Guid> ids)
    {
        var count = 0;
        await host.InAsync(async db => count = await db.Set<DueFact>().CountAsync(d => ids.Contains(d.AboutId)));
        return count;
    }

    private async Task RaisedAsync(Guid task)
    {
        for (var wait = 0; wait < 100 && await WaitingAsync([task]) > 0; wait++)
            await Task.Delay(200);
    }

    private async Task<int> ToldAsync(Guid user, string kind)
    {
        var count = 0;
        await host.InAsync(async db => count = await db.Set<Notification>().CountAsync(n => n.UserId == user && n.Kind == kind));
        return count;
    }
}

public sealed class TasksOnSqlite(SqliteHost host) : TaskTests(host), IClassFixture<SqliteHost>;

public sealed class TasksOnPostgres(PostgresHost host) : TaskTests(host), IClassFixture<PostgresHost>;
