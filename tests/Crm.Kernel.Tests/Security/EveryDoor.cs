using System.Text.Json;
using System.Text.RegularExpressions;
using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Security;

/// <summary>Asks every door what a reader may see.</summary>
internal sealed partial class EveryDoor(CrmHost host)
{
    public async Task<List<(string Door, HashSet<Guid> Ids)>> AskAsync(Reader reader)
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
            ("GET /api/v1/people/{id}", await OneByOneAsync(reader.Company.People, id => api.GetAsync($"/api/v1/people/{id}"))),
            ("GET /api/v1/search", await ApiListAsync(api, "/api/v1/search?q=drawn&types=person")),
            ("by their keys", await AmongAsync(reader, reader.Company.People, null)),
            ("by their keys and kinds", await AmongAsync(reader, reader.Company.People, ["person", "organization"])),
            ("notes of the people", await NotesAsync(api)),
            ("the list page", await PagesAsync(browser, "/contacts/people", RowOfPerson())),
            ("the record page", await OneByOneAsync(reader.Company.People, id => browser.GetAsync($"/contacts/people/{id}"))),
            ("the search page", await PagesAsync(browser, "/search?q=drawn&type=person", HitOfPerson())),
        ];
    }

    /// <summary>The doors of a type whose records concern several others; each drawn one has the word.</summary>
    public async Task<List<(string Door, HashSet<Guid> Ids)>> AskAsync(Reader reader, string kind, IReadOnlyCollection<Guid> drawn, string word)
    {
        using var api = await host.ApiAsync(reader.Id);
        using var browser = await Browser.SignedInAsync(host, reader.Name);
        var pages = new Regex($"<tr data-href=\"/activities/{kind}s/([0-9a-f-]{{36}})", RegexOptions.None, TimeSpan.FromSeconds(5));
        var hits = new Regex($"href=\"/activities/{kind}s/([0-9a-f-]{{36}})\"", RegexOptions.None, TimeSpan.FromSeconds(5));
        return
        [
            ("the list in the API", await ApiListAsync(api, $"/api/v1/{kind}s?limit=7")),
            ("q in the API", await ApiListAsync(api, $"/api/v1/{kind}s?limit=200&q={word}")),
            ("search in the API", await ApiListAsync(api, $"/api/v1/search?q={word}&types={kind}")),
            ("by their keys", await AmongAsync(reader, drawn, null)),
            ("by their keys and kind", await AmongAsync(reader, drawn, [kind])),
            ("by their keys among customers", [.. (await AmongAsync(reader, [.. drawn, .. reader.Company.People], null)).Intersect(drawn)]),
            ("one by one in the API", await OneByOneAsync(drawn, id => api.GetAsync($"/api/v1/{kind}s/{id}"))),
            ("the list page", await PagesAsync(browser, $"/activities/{kind}s?view=all", pages)),
            ("the search page", await PagesAsync(browser, $"/search?q={word}&type={kind}", hits)),
            ("one by one on pages", await OneByOneAsync(drawn, id => browser.GetAsync($"/activities/{kind}s/{id}"))),
        ];
    }

    private async Task<HashSet<Guid>> AmongAsync(Reader reader, IReadOnlyCollection<Guid> drawn, string[]? kinds)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().UserId = reader.Id;
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        return await (await db.VisibleAmongAsync(drawn, CancellationToken.None, kinds)).Select(r => r.Id).ToHashSetAsync();
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

    public static async Task<HashSet<Guid>> ApiListAsync(HttpClient api, string url)
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

    public static async Task<HashSet<Guid>> OneByOneAsync(IReadOnlyCollection<Guid> drawn, Func<Guid, Task<HttpResponseMessage>> get)
    {
        var seen = new HashSet<Guid>();
        foreach (var id in drawn)
        {
            using var answer = await get(id);
            Assert.True((int)answer.StatusCode is 200 or 404, $"A record answers {(int)answer.StatusCode}.");
            if ((int)answer.StatusCode == 200)
                seen.Add(id);
        }

        return seen;
    }

    public async Task<int> SummedAsync(Reader reader)
    {
        using var api = await host.ApiAsync(reader.Id);
        using var json = JsonDocument.Parse(await api.GetStringAsync("/api/v1/people/summary?group=owner"));
        var rows = json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement : json.RootElement.GetProperty("items");
        return rows.EnumerateArray().Sum(r => r.GetProperty("count").GetInt32());
    }

    private static async Task<HashSet<Guid>> PagesAsync(Browser browser, string first, Regex one)
    {
        var ids = new HashSet<Guid>();
        for (var url = first; url is not null;)
        {
            var html = await browser.ReadAsync(url);
            foreach (Match row in one.Matches(html))
                ids.Add(Guid.Parse(row.Groups[1].Value));
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
