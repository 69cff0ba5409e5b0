using System.Text.Json;
using System.Text.RegularExpressions;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Crm.Kernel.Users;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Security;

/// <summary>One rule says who sees what: users, departments, shares and managers are drawn at random, and every door is asked for the same set.</summary>
public abstract partial class RightsTests(CrmHost host)
{
    [Fact]
    [Trait("F", "15")]
    [Trait("F", "16")]
    public async Task Every_door_shows_each_reader_the_same_records()
    {
        var company = await Company.DrawAsync(host, seed: 20261121);
        foreach (var reader in company.Readers)
        {
            var expected = company.SeenBy(reader);
            foreach (var (door, ids) in await AskAsync(reader))
            {
                var extra = ids.Except(expected).Select(company.Describe).ToList();
                var missing = expected.Except(ids).Select(company.Describe).ToList();
                Assert.True(extra.Count == 0 && missing.Count == 0,
                    $"{door} shows {reader.Name} ({reader.Role}) wrongly [{string.Join("; ", extra)}] and hides wrongly [{string.Join("; ", missing)}].");
            }

            Assert.Equal(expected.Count, await SummedAsync(reader));
        }

        // The draw must be able to tell readers apart, or the test proves nothing.
        Assert.True(company.Readers.Select(r => company.SeenBy(r).Count).Distinct().Count() > 3);
    }

    [Fact]
    [Trait("F", "15")]
    public async Task Why_somebody_sees_something_agrees_with_what_he_sees_and_names_a_reason()
    {
        var company = await Company.DrawAsync(host, seed: 20261122);
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        var why = scope.ServiceProvider.GetRequiredService<ExplainAccess>();
        foreach (var reader in company.Readers)
        {
            var expected = company.SeenBy(reader);
            foreach (var person in company.People)
            {
                var answer = await why.RunAsync(reader.Id, person, default);
                Assert.True(answer.MaySee == expected.Contains(person), $"{reader.Name}: {company.Describe(person)}");
                Assert.True(answer.MaySee == answer.Reasons.Any(r => r.Grants), $"The reasons for {reader.Name} don't say so: {company.Describe(person)}");
                Assert.Equal(answer.MaySee, answer.Reasons.All(r => r.Grants));
            }
        }
    }

    [Fact]
    [Trait("F", "15")]
    public async Task A_reader_without_the_type_is_refused_at_every_door()
    {
        var id = await new People(host).UserAsync("portal" + Guid.CreateVersion7().ToString("N"), ReadyRoles.Customer);
        using var api = await host.ApiAsync(id);
        Assert.Equal(403, (int)(await api.GetAsync("/api/v1/people")).StatusCode);
        Assert.Equal(403, (int)(await api.GetAsync("/api/v1/people/summary?group=status")).StatusCode);
        Assert.Equal(403, (int)(await api.GetAsync($"/api/v1/people/{Guid.CreateVersion7()}")).StatusCode);
    }

    private async Task<List<(string Door, HashSet<Guid> Ids)>> AskAsync(Reader reader)
    {
        using var api = await host.ApiAsync(reader.Id);
        using var browser = await Browser.SignedInAsync(host, reader.Name);
        return
        [
            ("the record door", await DoorAsync(reader)),
            ("GET /api/v1/people", await ApiListAsync(api, "/api/v1/people?limit=7")),
            ("GET /api/v1/people?filter", await ApiListAsync(api, "/api/v1/people?limit=200&filter=lastName%20eq%20%22Drawn%22")),
            ("GET /api/v1/people?q", await ApiListAsync(api, "/api/v1/people?limit=200&q=drawn")),
            ("GET /api/v1/contacts", await ApiListAsync(api, "/api/v1/contacts?limit=200")),
            ("GET /api/v1/people/{id}", await OneByOneAsync(reader, id => api.GetAsync($"/api/v1/people/{id}"))),
            ("GET /api/v1/search", await ApiListAsync(api, "/api/v1/search?q=drawn&types=person")),
            ("notes of the people", await NotesAsync(api)),
            ("the list page", await ListPageAsync(browser)),
            ("the record page", await OneByOneAsync(reader, id => browser.GetAsync($"/contacts/people/{id}"))),
            ("the search page", await SearchPageAsync(browser)),
        ];
    }

    private async Task<HashSet<Guid>> DoorAsync(Reader reader)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().UserId = reader.Id;
        var door = scope.ServiceProvider.GetRequiredService<RecordDoors>().Of(host.Services.GetRequiredService<IRecordTypes>().Find("person")!);
        var ids = new HashSet<Guid>();
        string? after = null;
        do
        {
            var page = await door.ListAsync(new RecordQuery(Limit: 9, After: after), CancellationToken.None);
            Assert.All(page.Items, i => Assert.True(ids.Add(i.Id), "A page repeats a row."));
            after = page.Next;
        }
        while (after is not null);
        return ids;
    }

    private static async Task<HashSet<Guid>> ApiListAsync(HttpClient api, string url)
    {
        var ids = new HashSet<Guid>();
        for (var next = url; next is not null;)
        {
            using var answer = await api.GetAsync(next);
            Assert.True(answer.IsSuccessStatusCode, $"{next} answers {(int)answer.StatusCode}.");
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            foreach (var item in json.RootElement.GetProperty("items").EnumerateArray())
                ids.Add(item.GetProperty("id").GetGuid());
            var after = json.RootElement.GetProperty("next").GetString();
            next = after is null ? null : $"{url}&after={Uri.EscapeDataString(after)}";
        }

        return ids;
    }

    // A note is seen by who sees the person that it hangs on: each drawn person has one.
    private static async Task<HashSet<Guid>> NotesAsync(HttpClient api)
    {
        var about = new HashSet<Guid>();
        for (var next = "/api/v1/notes?limit=200"; next is not null;)
        {
            using var json = JsonDocument.Parse(await api.GetStringAsync(next));
            foreach (var item in json.RootElement.GetProperty("items").EnumerateArray())
                about.Add(item.GetProperty("about").GetProperty("id").GetGuid());
            var after = json.RootElement.GetProperty("next").GetString();
            next = after is null ? null : $"/api/v1/notes?limit=200&after={Uri.EscapeDataString(after)}";
        }

        return about;
    }

    private async Task<HashSet<Guid>> OneByOneAsync(Reader reader, Func<Guid, Task<HttpResponseMessage>> get)
    {
        var seen = new HashSet<Guid>();
        foreach (var id in reader.Company.People)
        {
            using var answer = await get(id);
            Assert.True((int)answer.StatusCode is 200 or 404, $"A record answers {(int)answer.StatusCode}.");
            if ((int)answer.StatusCode == 200)
                seen.Add(id);
        }

        return seen;
    }

    private async Task<int> SummedAsync(Reader reader)
    {
        using var api = await host.ApiAsync(reader.Id);
        using var json = JsonDocument.Parse(await api.GetStringAsync("/api/v1/people/summary?group=owner"));
        var rows = json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement : json.RootElement.GetProperty("items");
        return rows.EnumerateArray().Sum(r => r.GetProperty("count").GetInt32());
    }

    private static async Task<HashSet<Guid>> ListPageAsync(Browser browser)
    {
        var ids = new HashSet<Guid>();
        for (var url = "/contacts/people"; url is not null;)
        {
            var html = await browser.ReadAsync(url);
            foreach (Match row in RowOfPerson().Matches(html))
                ids.Add(Guid.Parse(row.Groups[1].Value));
            url = More().Match(html) is { Success: true } more ? System.Net.WebUtility.HtmlDecode(more.Groups[1].Value) : null;
        }

        return ids;
    }

    private static async Task<HashSet<Guid>> SearchPageAsync(Browser browser)
    {
        var ids = new HashSet<Guid>();
        for (var url = "/search?q=drawn&type=person"; url is not null;)
        {
            var html = await browser.ReadAsync(url);
            foreach (Match hit in HitOfPerson().Matches(html))
                ids.Add(Guid.Parse(hit.Groups[1].Value));
            url = More().Match(html) is { Success: true } more ? System.Net.WebUtility.HtmlDecode(more.Groups[1].Value) : null;
        }

        return ids;
    }

    [GeneratedRegex("<tr data-href=\"/contacts/people/([0-9a-f-]{36})")]
    private static partial Regex RowOfPerson();

    [GeneratedRegex("href=\"/contacts/people/([0-9a-f-]{36})\"")]
    private static partial Regex HitOfPerson();

    [GeneratedRegex("href=\"([^\"]*[?&](?:amp;)?after=[^\"]*)\"")]
    private static partial Regex More();
}

/// <summary>On SQLite.</summary>
public sealed class RightsOnSqlite(SqliteHost host) : RightsTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class RightsOnPostgres(PostgresHost host) : RightsTests(host), IClassFixture<PostgresHost>;
