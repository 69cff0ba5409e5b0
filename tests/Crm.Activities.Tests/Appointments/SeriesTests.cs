using System.Net;
using System.Text.Json;
using Crm.Activities.Tests.Calendar;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Tests.Appointments;

/// <summary>What is left out of a series and what stands for single times of it, when the whole changes.</summary>
public abstract class SeriesTests(CrmHost host)
{
    private readonly Team _team = new(host);

    [Fact]
    public async Task What_was_called_off_stays_off_when_the_series_gets_another_time()
    {
        var (id, browser, api) = await SeriesAsync("FREQ=DAILY");
        using var off = await browser.CallOffAsync(id, "2026-03-05T09:00:00");
        using var single = await browser.MoveAsync(id, "2026-03-06T09:00:00", new() { ["Input.Start"] = "2026-03-06T14:00:00Z", ["Input.Reach"] = "One" });
        using var changed = await api.PatchAsync(id, new { startTime = "10:00", endTime = "11:00" });
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal(["03T08:00", "04T08:00", "06T14:00", "07T08:00"], await host.TimesAsync(id, 4));
        // Others read of which time it is by the hour that the series has now.
        var file = await browser.ReadAsync($"/activities/appointments/{id}.ics");
        Assert.Contains("RECURRENCE-ID;TZID=Europe/Riga:20260306T100000", file, StringComparison.Ordinal);
        Assert.Contains("EXDATE;TZID=Europe/Riga:20260305T100000", file, StringComparison.Ordinal);
        using var undone = await browser.PostAsync(single.UndoOf(), [], CalendarRoom.Week);
        Assert.Equal(["03T08:00", "04T08:00", "06T08:00", "07T08:00"], await host.TimesAsync(id, 4));
    }

    [Theory]
    [InlineData("Following", "03T07:00")]
    [InlineData("All")]
    public async Task Calling_off_takes_the_moved_times_along_and_undo_brings_them_back(string reach, params string[] left)
    {
        var (id, browser, _) = await SeriesAsync("FREQ=DAILY;COUNT=5");
        using var single = await browser.MoveAsync(id, "2026-03-05T09:00:00", new() { ["Input.Start"] = "2026-03-09T14:00:00Z", ["Input.Reach"] = "One" });
        var before = await host.TimesAsync(id, 9);
        Assert.Equal(["03T07:00", "04T07:00", "06T07:00", "07T07:00", "09T14:00"], before);
        using var off = await browser.CallOffAsync(id, "2026-03-04T09:00:00", reach);
        Assert.Equal(left, await host.TimesAsync(id, 9));
        using var undone = await browser.PostAsync(off.UndoOf(), [], CalendarRoom.Week);
        Assert.Equal(HttpStatusCode.NoContent, undone.StatusCode);
        Assert.Equal(before, await host.TimesAsync(id, 9));
    }

    [Fact]
    public async Task A_moved_time_that_was_called_off_by_itself_stays_off()
    {
        var (id, browser, api) = await SeriesAsync("FREQ=DAILY;COUNT=3");
        using var moved = await browser.MoveAsync(id, "2026-03-04T09:00:00", new() { ["Input.Start"] = "2026-03-09T14:00:00Z", ["Input.Reach"] = "One" });
        var single = Guid.Parse(moved.UndoOf().Split('/')[4].Split('?')[0]);
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(api, "appointments", single, "cancel"));
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(api, "appointments", id, "cancel"));
        Assert.Empty(await host.TimesAsync(id, 9));
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(api, "appointments", id, "reopen"));
        Assert.Equal(["03T07:00", "05T07:00"], await host.TimesAsync(id, 9));
    }

    [Theory]
    [InlineData("FREQ=DAILY", "2026-03-03", "2026-03-09,2026-03-10", "2026-03-03", "2026-03-04", "2026-03-09,2026-03-12")]
    [InlineData("FREQ=MONTHLY;BYDAY=2TU", "2026-03-10", "2026-04-14", "2026-03-10", "2026-03-11", "2026-03-11,2026-05-13")]
    [InlineData("FREQ=MONTHLY;BYDAY=2TU", "2026-03-10", "2026-04-14", "2026-05-12", "2026-05-13", "2026-03-11,2026-05-13")]
    public async Task Neighbours_that_were_called_off_stay_off_when_all_move(string rule, string start, string skips, string from, string to, string some)
    {
        var (id, browser, _) = await SeriesAsync(rule, start);
        foreach (var skip in skips.Split(','))
        {
            using var off = await browser.CallOffAsync(id, skip + "T09:00:00");
            Assert.Equal(HttpStatusCode.NoContent, off.StatusCode);
        }

        using var moved = await browser.MoveAsync(id, from + "T09:00:00", new() { ["Input.Day"] = to, ["Input.Reach"] = "All" });
        Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
        var days = await DaysAsync(browser, id);
        Assert.Equal(days.Order(), days);
        // These two follow each other: between them is what was left out.
        var expected = some.Split(',');
        Assert.Equal(expected[1], days[days.IndexOf(expected[0]) + 1]);
        using var undone = await browser.PostAsync(moved.UndoOf(), [], CalendarRoom.Week);
        Assert.Equal(HttpStatusCode.NoContent, undone.StatusCode);
        Assert.Empty(skips.Split(',').Intersect(await DaysAsync(browser, id)));
    }

    [Theory]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-03-31", "2026-04-30", "2026-04-29")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-03-31", "2026-03-31", "2026-03-30")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=1,15", "2026-03-01", "2026-03-15", "2026-03-16")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=12;BYDAY=MO", "2026-03-16", "2026-03-16", "2026-03-17")]
    public async Task A_series_that_no_rule_describes_afterwards_stays_where_it_is(string rule, string start, string from, string to)
    {
        var (id, browser, api) = await SeriesAsync(rule, start);
        foreach (var reach in new[] { "All", "Following" })
        {
            using var moved = await browser.MoveAsync(id, from + "T09:00:00", new() { ["Input.Day"] = to, ["Input.Reach"] = reach });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, moved.StatusCode);
        }

        var now = await Team.ReadAsync(api, $"/api/v1/appointments/{id}");
        Assert.Equal((start, rule), (now.GetProperty("startOn").GetString(), now.GetProperty("rule").GetString()));
        // One alone goes anywhere, and all may take place at another hour.
        using var later = await browser.MoveAsync(id, from + "T09:00:00", new() { ["Input.Day"] = from, ["Input.From"] = "12:00", ["Input.To"] = "13:00", ["Input.Reach"] = "All" });
        Assert.Equal(HttpStatusCode.NoContent, later.StatusCode);
    }

    [Theory]
    [InlineData("FREQ=MONTHLY;BYDAY=-1FR", "2026-03-27", "2026-03-27", "2026-03-20")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-03-31", "2026-03-31", "2026-03-30")]
    [InlineData("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "2026-03-02", "2026-03-06", "2026-03-07")]
    [InlineData("INTERVAL=2;FREQ=WEEKLY;BYDAY=MO,SU", "2026-03-02", "2026-03-08", "2026-03-09")]
    [InlineData("FREQ=WEEKLY;UNTIL=20260401;BYDAY=TU", "2026-03-03", "2026-03-10", "2026-03-11")]
    public async Task Undo_of_a_moved_series_is_the_series_before(string rule, string start, string from, string to)
    {
        var (id, browser, api) = await SeriesAsync(rule, start);
        var days = await DaysAsync(browser, id);
        using var moved = await browser.MoveAsync(id, from + "T09:00:00", new() { ["Input.Day"] = to, ["Input.Reach"] = "All" });
        Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
        Assert.Contains(to, await DaysAsync(browser, id));
        using var other = await browser.PostAsync(moved.UndoOf().Split("&rule=")[0] + "&rule=FREQ%3DYEARLY", [], CalendarRoom.Week);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        using var undone = await browser.PostAsync(moved.UndoOf(), [], CalendarRoom.Week);
        Assert.Equal(HttpStatusCode.NoContent, undone.StatusCode);
        var now = await Team.ReadAsync(api, $"/api/v1/appointments/{id}");
        Assert.Equal((start, rule), (now.GetProperty("startOn").GetString(), now.GetProperty("rule").GetString()));
        Assert.Equal(days, await DaysAsync(browser, id));
        // What does not stand as the move left it is not touched.
        using var twice = await browser.PostAsync(moved.UndoOf(), [], CalendarRoom.Week);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.StatusCode);
    }

    [Fact]
    [Trait("F", "15")]
    public async Task A_part_that_goes_its_own_way_keeps_its_own_fields_and_whom_it_was_shared_with()
    {
        var (id, browser, api) = await SeriesAsync("FREQ=DAILY");
        var (berta, _, bertaApi) = await _team.SalesAsync();
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(api, "appointments", id, "share", new { user = berta }));
        await host.InAsync(async db =>
        {
            (await db.Records.SingleAsync(r => r.Id == id)).Custom = """{"room":"Blue"}""";
            await db.SaveChangesAsync();
        });
        foreach (var (at, reach) in new[] { ("2026-03-05", "One"), ("2026-03-07", "Following") })
        {
            using var moved = await browser.MoveAsync(id, at + "T09:00:00", new() { ["Input.Start"] = at + "T14:00:00Z", ["Input.Reach"] = reach });
            var part = Guid.Parse(moved.UndoOf().Split('/')[4].Split('?')[0]);
            Assert.NotEqual(id, part);
            using var seen = await bertaApi.GetAsync(new Uri($"/api/v1/appointments/{part}", UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
            await host.InAsync(async db => Assert.Contains("Blue", (await db.Records.SingleAsync(r => r.Id == part)).Custom, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Nobody_says_by_hand_of_which_series_it_is()
    {
        var (id, browser, api) = await SeriesAsync("FREQ=DAILY");
        var other = await Team.MadeAsync(api, "appointments", CalendarTests.Planned("Another"));
        using var refused = await api.PatchAsync(other, new { series = id });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("BEGIN:VEVENT", await browser.ReadAsync($"/activities/appointments/{id}.ics"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("One")]
    [InlineData("All")]
    public async Task Several_who_move_it_at_once_are_told_so(string reach)
    {
        var (id, browser, _) = await SeriesAsync("FREQ=DAILY");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => browser.MoveAsync(id, "2026-03-05T09:00:00", new() { ["Input.Start"] = $"2026-03-05T1{i}:00:00Z", ["Input.Reach"] = reach })));
        var codes = answers.Select(a => a.StatusCode).ToList();
        Assert.Contains(HttpStatusCode.NoContent, codes);
        Assert.All(codes, c => Assert.Contains(c, new[] { HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.PreconditionFailed }));
        foreach (var stale in answers.Where(a => a.StatusCode == HttpStatusCode.PreconditionFailed))
            Assert.Contains("in the meantime", JsonDocument.Parse(await stale.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString()!, StringComparison.Ordinal);
    }

    private async Task<(Guid Id, Browser Browser, HttpClient Api)> SeriesAsync(string rule, string start = "2026-03-03")
    {
        var (_, name, api) = await _team.SalesAsync();
        var id = await Team.MadeAsync(api, "appointments", new { subject = "Stand-up", startOn = start, startTime = "09:00", endTime = "10:00", zone = Team.Riga, rule });
        return (id, await Browser.SignedInAsync(host, name), api);
    }

    // The days on which it stands in somebody's calendar from March to May.
    private static async Task<List<string>> DaysAsync(Browser browser, Guid id)
    {
        var days = new HashSet<string>();
        foreach (var month in new[] { "2026-03-15", "2026-04-15", "2026-05-15" })
        {
            foreach (var piece in (await browser.ReadAsync($"/activities/calendar?view=month&on={month}")).Split($"/activities/calendar/entry/{id}?at=").Skip(1))
                days.Add(piece[..10]);
        }

        return [.. days.Order()];
    }
}

public sealed class SeriesOnSqlite(SqliteHost host) : SeriesTests(host), IClassFixture<SqliteHost>;

public sealed class SeriesOnPostgres(PostgresHost host) : SeriesTests(host), IClassFixture<PostgresHost>;
