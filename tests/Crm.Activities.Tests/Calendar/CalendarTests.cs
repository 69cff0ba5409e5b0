using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Crm.Abstractions.Security;
using Crm.Activities.Appointments;
using Crm.Kernel.Jobs;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Tests.Calendar;

/// <summary>The calendar's page: whose words are read, and how things are moved.</summary>
public abstract class CalendarTests(CrmHost host)
{
    private const string Week = CalendarRoom.Week;
    private readonly Team _team = new(host);

    [Fact]
    [Trait("F", "15")]
    public async Task Of_a_colleague_one_sees_that_he_is_busy_and_no_word_of_it()
    {
        var (anna, annaName, annaApi) = await _team.SalesAsync();
        var (_, berta, _) = await _team.SalesAsync();
        await Team.MadeAsync(annaApi, "appointments", Planned("Secret merger talks", place: "Hotel Astoria"));

        using var own = await Browser.SignedInAsync(host, annaName);
        Assert.Contains("Secret merger talks", await own.ReadAsync(Week), StringComparison.Ordinal);
        using var other = await Browser.SignedInAsync(host, berta);
        foreach (var view in new[] { "day", "week", "month", "agenda" })
        {
            var page = await other.ReadAsync($"/activities/calendar?view={view}&on=2026-03-03&who={anna}");
            Assert.Contains("Busy", page, StringComparison.Ordinal);
            Assert.DoesNotContain("merger", page, StringComparison.Ordinal);
            Assert.DoesNotContain("Astoria", page, StringComparison.Ordinal);
        }

        var id = (await Team.ListAsync(annaApi, "appointments", "place eq \"Hotel Astoria\"")).Single(a => a.GetProperty("subject").GetString() == "Secret merger talks").GetProperty("id").GetString();
        foreach (var door in new[] { $"/activities/calendar/entry/{id}", $"/activities/appointments/{id}", $"/activities/appointments/{id}.ics", $"/activities/appointments/panel/{id}" })
        {
            using var answer = await other.GetAsync(door);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_colleague_who_takes_part_reads_it_is_told_and_loses_it_when_he_is_taken_off()
    {
        var (_, _, annaApi) = await _team.SalesAsync();
        var (berta, bertaName, bertaApi) = await _team.SalesAsync();
        var id = await Team.MadeAsync(annaApi, "appointments", Planned("Joint visit", colleagues: [berta]));
        using var browser = await Browser.SignedInAsync(host, bertaName);
        Assert.Contains("Joint visit", await browser.ReadAsync(Week), StringComparison.Ordinal);
        Assert.Contains("Joint visit", await browser.ReadAsync("/notifications"), StringComparison.Ordinal);
        // He reads it, and does not move another's appointment.
        using var refused = await MoveAsync(browser, id, "2026-03-03T09:00:00", new() { ["Input.Start"] = "2026-03-03T10:00:00Z" });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        await PatchAsync(annaApi, id, new { colleagues = Array.Empty<Guid>() });
        using var gone = await bertaApi.GetAsync(new Uri($"/api/v1/appointments/{id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Dragging_moves_it_and_undo_puts_it_back()
    {
        var (_, name, api) = await _team.SalesAsync();
        var id = await Team.MadeAsync(api, "appointments", Planned("Visit"));
        using var browser = await Browser.SignedInAsync(host, name);
        using var moved = await MoveAsync(browser, id, "2026-03-03T09:00:00", new() { ["Input.Start"] = "2026-03-05T12:15:00Z", ["Input.Minutes"] = "90" });
        Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
        await SeesAsync(api, id, "2026-03-05T12:15:00", "2026-03-05T13:45:00");

        var toast = JsonDocument.Parse(moved.Headers.GetValues("HX-Trigger").Single()).RootElement.GetProperty("toast");
        using var undone = await browser.PostAsync(toast.GetProperty("undoUrl").GetString()!, [], Week);
        Assert.True(undone.StatusCode is HttpStatusCode.Redirect, $"{undone.StatusCode}");
        await SeesAsync(api, id, "2026-03-03T07:00:00", "2026-03-03T08:00:00");
        // Where it is not any more, nothing is moved.
        using var stale = await MoveAsync(browser, id, "2026-03-05T14:15:00", new() { ["Input.Start"] = "2026-03-05T12:15:00Z" });
        Assert.Equal(HttpStatusCode.NotFound, stale.StatusCode);
        using var nonsense = await MoveAsync(browser, id, "2026-03-03T09:00:00", new() { ["Input.Start"] = "yesterday" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nonsense.StatusCode);
    }

    [Fact]
    public async Task One_time_of_a_series_moves_alone_and_comes_back()
    {
        var (_, name, api) = await _team.SalesAsync();
        var id = await Team.MadeAsync(api, "appointments", Planned("Stand-up", rule: "FREQ=DAILY"));
        using var browser = await Browser.SignedInAsync(host, name);
        using var moved = await MoveAsync(browser, id, "2026-03-05T09:00:00", new() { ["Input.Start"] = "2026-03-05T14:00:00Z", ["Input.Reach"] = "One" });
        Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
        Assert.Equal(["03T07:00", "04T07:00", "05T14:00", "06T07:00"], await TimesAsync(id, 4));
        var toast = JsonDocument.Parse(moved.Headers.GetValues("HX-Trigger").Single()).RootElement.GetProperty("toast");
        using var undone = await browser.PostAsync(toast.GetProperty("undoUrl").GetString()!, [], Week);
        Assert.Equal(HttpStatusCode.NoContent, undone.StatusCode);
        Assert.Equal(["03T07:00", "04T07:00", "05T07:00", "06T07:00"], await TimesAsync(id, 4));
    }

    [Fact]
    public async Task This_and_all_that_follow_move_and_the_earlier_ones_stay()
    {
        var (_, name, api) = await _team.SalesAsync();
        var id = await Team.MadeAsync(api, "appointments", Planned("Stand-up", rule: "FREQ=DAILY;COUNT=6"));
        using var browser = await Browser.SignedInAsync(host, name);
        using var left = await browser.PostAsync($"/activities/calendar/entry/{id}?handler=CallOff", new() { ["At"] = "2026-03-07T09:00:00", ["Input.Reach"] = "One" }, Week);
        Assert.Equal(HttpStatusCode.Redirect, left.StatusCode);
        using var moved = await MoveAsync(browser, id, "2026-03-05T09:00:00", new() { ["Input.Start"] = "2026-03-05T14:00:00Z", ["Input.Reach"] = "Following" });
        Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
        Assert.Equal(["03T07:00", "04T07:00", "05T14:00", "06T14:00", "08T14:00"], await TimesAsync(id, 9));
    }

    [Fact]
    public async Task This_and_all_that_follow_come_back_with_what_was_left_out_and_moved()
    {
        var (_, name, api) = await _team.SalesAsync();
        var id = await Team.MadeAsync(api, "appointments", Planned("Stand-up", rule: "FREQ=DAILY;COUNT=6"));
        using var browser = await Browser.SignedInAsync(host, name);
        using var left = await browser.PostAsync($"/activities/calendar/entry/{id}?handler=CallOff", new() { ["At"] = "2026-03-07T09:00:00", ["Input.Reach"] = "One" }, Week);
        using var single = await MoveAsync(browser, id, "2026-03-06T09:00:00", new() { ["Input.Start"] = "2026-03-06T10:00:00Z", ["Input.Reach"] = "One" });
        var before = await TimesAsync(id, 9);
        using var moved = await MoveAsync(browser, id, "2026-03-05T09:00:00", new() { ["Input.Start"] = "2026-03-05T14:00:00Z", ["Input.Reach"] = "Following" });
        Assert.Equal(["03T07:00", "04T07:00", "05T14:00", "06T10:00", "08T14:00"], await TimesAsync(id, 9));
        using var undone = await browser.PostAsync(UndoOf(moved), [], Week);
        Assert.Equal(HttpStatusCode.NoContent, undone.StatusCode);
        Assert.Equal(before, await TimesAsync(id, 9));
        Assert.Equal(["03T07:00", "04T07:00", "05T07:00", "06T10:00", "08T07:00"], before);
        // The moved one is the series' again: with all of it, its place moves along.
        using var all = await MoveAsync(browser, id, "2026-03-03T09:00:00", new() { ["Input.Start"] = "2026-03-03T08:00:00Z", ["Input.Reach"] = "All" });
        Assert.Equal(["03T08:00", "04T08:00", "05T08:00", "06T10:00", "08T08:00"], await TimesAsync(id, 9));
        // Twice, or with another's words, it does nothing.
        using var twice = await browser.PostAsync(UndoOf(moved), [], Week);
        Assert.Equal(HttpStatusCode.NotFound, twice.StatusCode);
    }

    [Theory]
    [InlineData("One", "03T07:00", "05T07:00", "06T07:00")]
    [InlineData("Following", "03T07:00")]
    [InlineData("All")]
    public async Task What_was_called_off_takes_place_again(string reach, params string[] left)
    {
        var (_, name, api) = await _team.SalesAsync();
        var id = await Team.MadeAsync(api, "appointments", Planned("Stand-up", rule: "FREQ=DAILY;COUNT=4"));
        using var browser = await Browser.SignedInAsync(host, name);
        using var off = await browser.DragAsync($"/activities/calendar/entry/{id}?handler=CallOff", new() { ["At"] = "2026-03-04T09:00:00", ["Input.Reach"] = reach }, Week);
        Assert.Equal(HttpStatusCode.NoContent, off.StatusCode);
        Assert.Equal(left, await TimesAsync(id, 9));
        var undo = UndoOf(off);
        if (reach == "Following")
        {
            // A rule that is none, and one that the series did not have.
            foreach (var other in new[] { "nonsense", "FREQ%3DWEEKLY%3BCOUNT%3D4", "" })
            {
                using var refused = await browser.PostAsync(undo[..(undo.IndexOf("&rule=", StringComparison.Ordinal) + 6)] + other, [], Week);
                Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            }
        }

        using var undone = await browser.PostAsync(undo, [], Week);
        Assert.Equal(HttpStatusCode.NoContent, undone.StatusCode);
        Assert.Equal(["03T07:00", "04T07:00", "05T07:00", "06T07:00"], await TimesAsync(id, 9));
        // It is its owner's to take back.
        var (_, stranger, _) = await _team.SalesAsync();
        using var other2 = await Browser.SignedInAsync(host, stranger);
        using var hidden = await other2.PostAsync(undo, [], Week);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
    }

    [Fact]
    [Trait("F", "15")]
    public async Task What_somebody_shared_by_hand_stays_when_the_calendar_takes_its_own_back()
    {
        var (_, _, annaApi) = await _team.SalesAsync();
        var (before, _, beforeApi) = await _team.SalesAsync();
        var (after, _, afterApi) = await _team.SalesAsync();
        var (only, _, onlyApi) = await _team.SalesAsync();
        var id = await Team.MadeAsync(annaApi, "appointments", Planned("Joint visit"));
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(annaApi, "appointments", id, "share", new { user = before }));
        await PatchAsync(annaApi, id, new { colleagues = new[] { before, after, only } });
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(annaApi, "appointments", id, "share", new { user = after }));
        await PatchAsync(annaApi, id, new { colleagues = Array.Empty<Guid>() });
        foreach (var (reader, status) in new[] { (beforeApi, HttpStatusCode.OK), (afterApi, HttpStatusCode.OK), (onlyApi, HttpStatusCode.NotFound) })
        {
            using var answer = await reader.GetAsync(new Uri($"/api/v1/appointments/{id}", UriKind.Relative));
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Fact]
    [Trait("F", "15")]
    public async Task A_guest_whom_the_reader_does_not_see_is_restricted()
    {
        var (_, _, annaApi) = await _team.SalesAsync();
        var (berta, bertaName, _) = await _team.SalesAsync();
        var person = await Team.PersonAsync(annaApi, "Hiddenova");
        var id = await Team.MadeAsync(annaApi, "appointments", Planned("Joint visit", colleagues: [berta], with: [person]));
        await host.InAsync(async db =>
        {
            db.Add(new Guest(id, "hiddenova@example.net", "Anna Hiddenova", person));
            await db.SaveChangesAsync();
        });
        using var browser = await Browser.SignedInAsync(host, bertaName);
        foreach (var door in new[] { $"/activities/appointments/{id}", $"/activities/appointments/panel/{id}", $"/activities/appointments/{id}.ics", $"/activities/appointments/{id}/history", $"/activities/calendar/entry/{id}" })
        {
            var text = await browser.PieceAsync(door);
            Assert.DoesNotContain("hiddenova", text, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains("Restricted", await browser.PieceAsync($"/activities/appointments/panel/{id}"), StringComparison.Ordinal);
        using var own = await Browser.SignedInAsync(host, (await OwnerAsync(id))!);
        Assert.Contains("hiddenova@example.net", await own.PieceAsync($"/activities/appointments/panel/{id}"), StringComparison.Ordinal);
        Assert.Contains("hiddenova@example.net", await own.ReadAsync($"/activities/appointments/{id}.ics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_of_a_series_move_with_what_was_left_out_and_moved()
    {
        var (_, name, api) = await _team.SalesAsync();
        var id = await Team.MadeAsync(api, "appointments", Planned("Weekly", rule: "FREQ=WEEKLY;BYDAY=TU"));
        using var browser = await Browser.SignedInAsync(host, name);
        using var left = await browser.PostAsync($"/activities/calendar/entry/{id}?handler=CallOff", new() { ["At"] = "2026-03-10T09:00:00", ["Input.Reach"] = "One" }, Week);
        // Across the change of clocks: ten o'clock stays ten o'clock.
        using var moved = await MoveAsync(browser, id, "2026-03-17T09:00:00", new() { ["Input.Day"] = "2026-03-18", ["Input.From"] = "10:00", ["Input.To"] = "11:00", ["Input.Reach"] = "All" });
        Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
        Assert.Equal(["04T08:00", "18T08:00", "25T08:00", "01T07:00"], await TimesAsync(id, 4));
    }

    [Fact]
    [Trait("F", "17")]
    public async Task A_customer_whom_others_are_designated_for_is_not_met()
    {
        var (_, _, api) = await _team.SalesAsync();
        var (other, _, _) = await _team.SalesAsync();
        var person = await Team.PersonAsync(api);
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(await AdminAsync(), "people", person, "designate", new { user = other }));
        foreach (var asked in new object[] { Planned("Visit", with: [person]), Planned("Call", about: person, channel: "phone") })
        {
            using var refused = await api.PostAsJsonAsync(new Uri("/api/v1/appointments", UriKind.Relative), asked);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }

        // To think about him is no contact.
        await Team.MadeAsync(api, "appointments", Planned("Prepare the offer", about: person));
    }

    [Fact]
    public async Task An_empty_slot_leads_to_the_form_with_its_time_and_a_holiday_is_warned_of()
    {
        var admin = await new People(host).AdministratorAsync();
        _ = admin;
        using var boss = await Browser.SignedInAsync(host, "admin");
        using var added = await boss.PostAsync("/activities/holidays?handler=Add", new() { ["Input.Name"] = "Founders' day", ["Input.Day"] = "2020-03-04", ["Input.Rule"] = "Date" }, "/activities/holidays");
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        var (_, name, api) = await _team.SalesAsync();
        using var browser = await Browser.SignedInAsync(host, name);
        Assert.Contains("Founders", await browser.ReadAsync(Week), StringComparison.Ordinal);
        var form = await browser.ReadAsync("/activities/appointments/plan?at=2026-03-04T12:30:00Z");
        Assert.Contains("value=\"14:30\"", form, StringComparison.Ordinal);
        Assert.Contains("Founders", form, StringComparison.Ordinal);
        using var planned = await browser.PostAsync("/activities/appointments/plan", new()
        {
            ["Input.Subject"] = "Visit", ["Input.StartOn"] = "2026-03-04", ["Input.StartTime"] = "14:30", ["Input.EndOn"] = "2026-03-04", ["Input.EndTime"] = "15:00",
            ["Input.Zone"] = Team.Riga, ["Input.Repeat"] = "weekly", ["Input.Until"] = "2026-04-30",
        });
        Assert.Equal(HttpStatusCode.Redirect, planned.StatusCode);
        var made = Assert.Single(await Team.ListAsync(api, "appointments", "subject eq \"Visit\""));
        Assert.Equal("2026-03-04T12:30:00", made.GetProperty("start").GetString()![..19]);
        Assert.Equal("FREQ=WEEKLY;UNTIL=20260430;BYDAY=WE", string.Join(';', made.GetProperty("rule").GetString()!.Split(';').OrderBy(p => Array.IndexOf(["FREQ", "UNTIL", "BYDAY"], p.Split('=')[0]))));
        using var wrong = await browser.PostAsync("/activities/appointments/plan", new() { ["Input.Subject"] = "", ["Input.StartOn"] = "soon", ["Input.Zone"] = "Mars/Base" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
    }

    [Fact]
    public async Task Who_is_to_be_reminded_is_and_of_a_series_the_next_time_is_planned()
    {
        var (_, name, api) = await _team.SalesAsync();
        var start = TimeProvider.System.GetUtcNow().AddMinutes(5).UtcDateTime;
        var id = await Team.MadeAsync(api, "appointments", new
        {
            subject = "Call the harbour", startOn = start.ToString("yyyy-MM-dd", null), startTime = start.ToString("HH:mm", null), endTime = (string?)null, zone = "Etc/UTC", rule = "FREQ=DAILY", remindMinutes = 30,
        });
        using var browser = await Browser.SignedInAsync(host, name);
        for (var attempt = 0; attempt < 60 && !(await browser.ReadAsync("/notifications")).Contains("Soon: Call the harbour", StringComparison.Ordinal); attempt++)
            await Task.Delay(500);
        Assert.Contains("Soon: Call the harbour", await browser.ReadAsync("/notifications"), StringComparison.Ordinal);
        await host.InAsync(async db =>
        {
            var next = await db.Set<DueFact>().SingleAsync(d => d.AboutId == id);
            Assert.InRange(next.DueAt, TimeProvider.System.GetUtcNow().AddHours(22), TimeProvider.System.GetUtcNow().AddHours(24));
        });
    }

    [Theory]
    [InlineData("?view=month&on=0001-01-01")]
    [InlineData("?view=nonsense&on=nonsense&who=nonsense")]
    [InlineData("?view=week&on=2026-03-29")]
    [InlineData("?view=day&on=2026-10-25&who=00000000-0000-0000-0000-000000000000")]
    [InlineData("?view=agenda&on=9999-12-31")]
    public async Task Whatever_the_address_says_the_page_answers(string query)
    {
        var (_, name, _) = await _team.SalesAsync();
        using var browser = await Browser.SignedInAsync(host, name);
        using var page = await browser.GetAsync("/activities/calendar" + query);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    internal static object Planned(
        string subject, string? place = null, string? rule = null, Guid[]? colleagues = null, Guid[]? with = null, Guid? about = null, string? channel = null) =>
        new { subject, startOn = "2026-03-03", startTime = "09:00", endTime = "10:00", zone = Team.Riga, place, rule, colleagues = colleagues ?? [], with = with ?? [], about, channel };

    private async Task<HttpClient> AdminAsync() => await host.ApiAsync(await new People(host).AdministratorAsync());

    private static string UndoOf(HttpResponseMessage done) => done.UndoOf();

    private async Task<string?> OwnerAsync(Guid id)
    {
        string? name = null;
        await host.InAsync(async db => name = await db.Records.Where(r => r.Id == id).Join(db.Set<Crm.Kernel.Users.User>(), r => r.OwnerId, u => u.Id, (r, u) => u.Name).SingleAsync());
        return name;
    }

    private static Task<HttpResponseMessage> MoveAsync(Browser browser, Guid id, string at, Dictionary<string, string> to) => browser.MoveAsync(id, at, to);

    private static async Task PatchAsync(HttpClient api, Guid id, object change)
    {
        using var answer = await api.PatchAsync(id, change);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task SeesAsync(HttpClient api, Guid id, string start, string over)
    {
        var now = await Team.ReadAsync(api, $"/api/v1/appointments/{id}");
        Assert.Equal((start, over), (now.GetProperty("start").GetString()![..19], now.GetProperty("over").GetString()![..19]));
    }

    private Task<List<string>> TimesAsync(Guid id, int count) => host.TimesAsync(id, count);
}

public sealed class CalendarOnSqlite(SqliteHost host) : CalendarTests(host), IClassFixture<SqliteHost>;

public sealed class CalendarOnPostgres(PostgresHost host) : CalendarTests(host), IClassFixture<PostgresHost>;
