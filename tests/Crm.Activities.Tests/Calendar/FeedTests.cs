using System.Net;
using System.Text.RegularExpressions;
using Crm.Calendar.Events;
using Crm.Kernel.Users;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Tests.Calendar;

/// <summary>The calendar as other programs read it, at its secret address.</summary>
public abstract partial class FeedTests(CrmHost host)
{
    private static readonly DateTime _today = TimeProvider.System.GetUtcNow().UtcDateTime.Date;
    private readonly Team _team = new(host);

    [Fact]
    [Trait("F", "15")]
    public async Task Who_has_the_address_reads_what_its_user_sees_and_nothing_else()
    {
        var (anna, name, api) = await _team.SalesAsync();
        var (_, _, other) = await _team.SalesAsync();
        await Team.MadeAsync(api, "appointments", Near("Mine: ; , \\ and more", rule: "FREQ=WEEKLY"));
        await Team.MadeAsync(other, "appointments", Near("Shared with me", colleagues: [anna]));
        await Team.MadeAsync(other, "appointments", Near("Not mine at all"));
        await Team.MadeAsync(api, "appointments", new { subject = "Long ago", startOn = "2001-03-03", startTime = "09:00", zone = Team.Riga });
        using var browser = await Browser.SignedInAsync(host, name);
        var address = await MakeAsync(browser);

        using var program = host.Anonymous();
        using var answer = await program.GetAsync(address);
        Assert.Equal((HttpStatusCode.OK, "text/calendar"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        var calendar = CalendarObject.Read(await answer.Content.ReadAsByteArrayAsync());
        Assert.Empty(calendar.Faults);
        Assert.Equal(["Mine: ; , \\ and more", "Shared with me"], calendar.Events.Select(e => e.Summary!.ReplaceLineEndings(" ")).Order());
        var mine = calendar.Events.Single(e => e.Rule is not null);
        Assert.Equal((Team.Riga, new TimeSpan(9, 0, 0)), (mine.Start!.Zone!.Id, mine.Start.Local.TimeOfDay));

        // Nothing has changed: nothing is sent.
        using var again = new HttpRequestMessage(HttpMethod.Get, address);
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var same = await program.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        await Team.MadeAsync(api, "appointments", Near("One more"));
        using var changed = new HttpRequestMessage(HttpMethod.Get, address);
        changed.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var more = await program.SendAsync(changed);
        Assert.Equal(HttpStatusCode.OK, more.StatusCode);
    }

    [Fact]
    public async Task An_address_that_was_renewed_or_taken_back_or_guessed_leads_nowhere()
    {
        var (_, name, _) = await _team.SalesAsync();
        using var browser = await Browser.SignedInAsync(host, name);
        using var program = host.Anonymous();
        var first = await MakeAsync(browser);
        var second = await MakeAsync(browser);
        Assert.NotEqual(first, second);
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(program, first));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(program, second));
        using var taken = await browser.PostAsync("/activities/calendar/feed?handler=Revoke", [], "/activities/calendar/feed");
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(program, second));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(program, new Uri(host.Address, $"/calendar/{new string('a', 43)}.ics")));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(program, new Uri(host.Address, $"/calendar/{new string('a', 5000)}.ics")));
        Assert.DoesNotContain(second.Segments[^1][..43], await browser.ReadAsync("/activities/calendar/feed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_sign_in_any_more_has_no_calendar()
    {
        var (id, name, _) = await _team.SalesAsync();
        using var browser = await Browser.SignedInAsync(host, name);
        var address = await MakeAsync(browser);
        using var program = host.Anonymous();
        Assert.Equal(HttpStatusCode.OK, await AskAsync(program, address));
        await host.InAsync(async db =>
        {
            (await db.Set<User>().FirstAsync(u => u.Id == id)).DisabledAt = TimeProvider.System.GetUtcNow();
            await db.SaveChangesAsync();
        });
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(program, address));
    }

    [Fact]
    public async Task A_series_with_a_moved_time_is_read_by_others_as_we_have_it()
    {
        var (_, name, api) = await _team.SalesAsync();
        var id = await Team.MadeAsync(api, "appointments", Near("Stand-up", rule: "FREQ=DAILY;UNTIL=20991231"));
        using var browser = await Browser.SignedInAsync(host, name);
        var start = _today.AddDays(3).AddHours(9);
        using var moved = await browser.DragAsync(
            $"/activities/calendar/entry/{id}",
            new() { ["At"] = Stamp(start), ["Input.Day"] = start.ToString("yyyy-MM-dd", null), ["Input.From"] = "15:00", ["Input.To"] = "16:00", ["Input.Reach"] = "One" }, "/activities/calendar");
        Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
        using var gone = await browser.PostAsync($"/activities/calendar/entry/{id}?handler=CallOff", new() { ["At"] = Stamp(start.AddDays(1)), ["Input.Reach"] = "One" }, "/activities/calendar");

        var file = await browser.ReadAsync($"/activities/appointments/{id}.ics");
        var calendar = CalendarObject.Read(file);
        Assert.Empty(calendar.Events.SelectMany(e => e.Faults));
        var series = calendar.Events.Single(e => e.RecurrenceId is null);
        var single = calendar.Events.Single(e => e.RecurrenceId is not null);
        Assert.Equal((series.Uid, start, start.Date.AddHours(15)), (single.Uid, single.RecurrenceId!.Local, single.Start!.Local));
        Assert.Equal(start.AddDays(1), Assert.Single(series.Except).Local);
        Assert.Contains("UNTIL=20991231T", file, StringComparison.Ordinal);
    }

    private static object Near(string subject, string? rule = null, Guid[]? colleagues = null) => new
    {
        subject, startOn = _today.AddDays(2).ToString("yyyy-MM-dd", null), startTime = "09:00", endTime = "10:00", zone = Team.Riga, rule, colleagues = colleagues ?? [],
    };

    private static string Stamp(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss", null);

    private static async Task<HttpStatusCode> AskAsync(HttpClient program, Uri address)
    {
        using var answer = await program.GetAsync(address);
        return answer.StatusCode;
    }

    private static async Task<Uri> MakeAsync(Browser browser)
    {
        using var made = await browser.PostAsync("/activities/calendar/feed", []);
        return new Uri(Address().Match(await made.Content.ReadAsStringAsync()).Value);
    }

    [GeneratedRegex(@"http://[^\s<]+/calendar/[A-Za-z0-9_-]{43}\.ics", RegexOptions.None, 1000)]
    private static partial Regex Address();
}

public sealed class FeedOnSqlite(SqliteHost host) : FeedTests(host), IClassFixture<SqliteHost>;

public sealed class FeedOnPostgres(PostgresHost host) : FeedTests(host), IClassFixture<PostgresHost>;
