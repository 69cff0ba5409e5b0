using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Crm.Abstractions.Security;
using Crm.Testing;

namespace Crm.Kernel.Tests.Security;

/// <summary>An appointment is seen by its owner, by who takes part, by whom it is shared with and by who sees a record that it concerns; of others' the calendar says that they are busy. Every door is asked.</summary>
public abstract partial class AppointmentRightsTests(CrmHost host)
{
    private static readonly DateOnly _week = Monday();
    private readonly EveryDoor _doors = new(host);

    [Fact]
    [Trait("F", "15")]
    public async Task Every_door_shows_each_reader_the_same_appointments()
    {
        var company = await Company.DrawAsync(host, seed: 20261123);
        await company.DrawAppointmentsAsync(host, seed: 11, _week);
        foreach (var reader in company.Readers)
            await AgreeAsync(company, reader);
        // Readers are told apart, and there are some for whom colleagues are only busy.
        Assert.True(company.Readers.Select(r => company.AppointmentsOf(r).Count).Distinct().Count() > 3);
        var few = company.Readers.MinBy(r => company.AppointmentsOf(r).Count)!;
        var moved = company.Appointments.First(a => !company.AppointmentsOf(few).Contains(a.Key) && a.Value.Concerned.Count > 0).Value.Concerned[^1];
        var before = company.AppointmentsOf(few).Count;
        await company.HandOverAsync(host, moved, few);
        Assert.True(company.AppointmentsOf(few).Count > before);
        await AgreeAsync(company, few);
    }

    private async Task AgreeAsync(Company company, Reader reader)
    {
        var expected = company.AppointmentsOf(reader);
        var doors = await _doors.AskAsync(reader, "appointment", company.Appointments.Keys, "gathered");
        using var api = await host.ApiAsync(reader.Id);
        using var browser = await Browser.SignedInAsync(host, reader.Name);
        doors.AddRange(await OwnDoorsAsync(api, browser, company));
        foreach (var (door, ids) in doors)
            Same(door, company, reader, expected, ids);
        using var sums = JsonDocument.Parse(await api.GetStringAsync("/api/v1/appointments/summary?group=whose"));
        var rows = sums.RootElement.ValueKind == JsonValueKind.Array ? sums.RootElement : sums.RootElement.GetProperty("items");
        Assert.Equal(expected.Count, rows.EnumerateArray().Sum(r => r.GetProperty("count").GetInt32()));
        await ExportAsync(company, reader, browser, expected);
        await CalendarsAsync(company, reader, browser, expected);
        await OfCustomersAsync(company, reader, browser, expected);
        Same("the feed", company, reader, expected.Where(id => company.Appointments[id].Takes([reader])), Named(company, await FeedAsync(browser)));
    }

    // Pages that the module has beside those of every type.
    private static async Task<List<(string Door, HashSet<Guid> Ids)>> OwnDoorsAsync(HttpClient api, Browser browser, Company company)
    {
        var drawn = company.Appointments.Keys;
        return
        [
            ("filter in the API", await EveryDoor.ApiListAsync(api, "/api/v1/appointments?limit=200&filter=place%20contains%20%22Gathering%22")),
            ("the panel", await EveryDoor.OneByOneAsync(drawn, id => browser.GetAsync($"/activities/appointments/panel/{id}"))),
            ("the calendar's entry", await EveryDoor.OneByOneAsync(drawn, id => browser.GetAsync($"/activities/calendar/entry/{id}"))),
            ("the file", await EveryDoor.OneByOneAsync(drawn, id => browser.GetAsync($"/activities/appointments/{id}.ics"))),
            ("the history", await EveryDoor.OneByOneAsync(drawn, id => browser.AskPieceAsync($"/activities/appointments/{id}/history"))),
            ("the picker", Named(company, string.Concat(await Task.WhenAll(company.Appointments.Values.Select(a => browser.ReadAsync($"/records/pick?kinds=appointment&q=Gathered%20{a.Name}")))))),
        ];
    }

    private static async Task ExportAsync(Company company, Reader reader, Browser browser, HashSet<Guid> expected)
    {
        using var file = await browser.GetAsync("/activities/appointments/export?view=all");
        var text = await file.Content.ReadAsStringAsync();
        if (file.IsSuccessStatusCode)
            Same("the export", company, reader, expected, Named(company, text));
        else
            Assert.Equal((ReadyRoles.Service, HttpStatusCode.Forbidden), (reader.Role, file.StatusCode));
    }

    private static async Task CalendarsAsync(Company company, Reader reader, Browser browser, HashSet<Guid> expected)
    {
        // Side by side, as many as the page takes at once.
        foreach (var who in company.Readers.Chunk(6).Append([reader]))
        {
            var taken = company.Appointments.Where(a => a.Value.Takes(who)).Select(a => a.Key).ToHashSet();
            var query = string.Concat(who.Select(w => $"&who={w.Id}"));
            var days = await Task.WhenAll(Enumerable.Range(0, 7).Select(d => browser.ReadAsync($"/activities/calendar?view=day&on={Iso(_week.AddDays(d))}{query}")));
            var views = new List<(string Door, string Html)> { ("the days", string.Concat(days)) };
            foreach (var view in new[] { "week", "agenda" })
                views.Add((view, await browser.ReadAsync($"/activities/calendar?view={view}&on={Iso(_week)}{query}")));
            foreach (var (door, html) in views)
            {
                Same(door, company, reader, expected.Where(taken.Contains), Named(company, html));
                Same(door + " (addresses)", company, reader, expected.Where(taken.Contains), Entry().Matches(html).Select(m => Guid.Parse(m.Groups[1].Value)));
                Assert.Equal(taken.IsSubsetOf(expected), !Busy().IsMatch(html));
            }

            // A month has room for few a day.
            Assert.Subset(expected.Where(taken.Contains).ToHashSet(), Named(company, await browser.ReadAsync($"/activities/calendar?view=month&on={Iso(_week)}{query}")));
        }
    }

    // On customers' pages the next three stand.
    private static async Task OfCustomersAsync(Company company, Reader reader, Browser browser, HashSet<Guid> expected)
    {
        foreach (var person in company.SeenBy(reader).Intersect(company.Appointments.Values.SelectMany(a => a.Concerned)).Take(8))
        {
            var with = company.Appointments.Where(a => a.Value.Concerned.Contains(person)).Select(a => a.Key).ToHashSet();
            Assert.Subset(expected, with);
            var shown = Named(company, await browser.ReadAsync($"/activities/appointments/of/{person}"));
            Assert.Subset(with, shown);
            Assert.Equal(Math.Min(3, with.Count), shown.Count);
            Assert.Subset(with, Named(company, await browser.PieceAsync($"/contacts/people/{person}/timeline")));
        }
    }

    private static async Task<string> FeedAsync(Browser browser)
    {
        using var made = await browser.PostAsync("/activities/calendar/feed", []);
        return await browser.ReadAsync(Address().Match(await made.Content.ReadAsStringAsync()).Value);
    }

    // Whatever of its words stands there.
    private static HashSet<Guid> Named(Company company, string text) =>
        company.Appointments.Where(a => text.Contains(a.Value.Name, StringComparison.Ordinal)).Select(a => a.Key).ToHashSet();

    private static void Same(string door, Company company, Reader reader, IEnumerable<Guid> expected, IEnumerable<Guid> ids)
    {
        var (should, does) = (expected.ToHashSet(), ids.ToHashSet());
        Assert.True(should.SetEquals(does),
            $"{door} shows {reader.Name} ({reader.Role}) wrongly [{Names(does.Except(should))}] and hides wrongly [{Names(should.Except(does))}].");

        string Names(IEnumerable<Guid> some) => string.Join(", ", some.Select(id => company.Appointments.TryGetValue(id, out var one) ? one.Name : $"{id}, which was not drawn"));
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // Where a feed reaches, and nothing is over.
    private static DateOnly Monday()
    {
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(14);
        return day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
    }

    [GeneratedRegex("/activities/calendar/entry/([0-9a-f-]{36})")]
    private static partial Regex Entry();

    [GeneratedRegex(">Busy<")]
    private static partial Regex Busy();

    [GeneratedRegex(@"/calendar/[A-Za-z0-9_-]{43}\.ics")]
    private static partial Regex Address();
}

/// <summary>On SQLite.</summary>
public sealed class AppointmentRightsOnSqlite(SqliteHost host) : AppointmentRightsTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class AppointmentRightsOnPostgres(PostgresHost host) : AppointmentRightsTests(host), IClassFixture<PostgresHost>;
