using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Crm.Testing;

namespace Crm.Contacts.Tests.Addresses;

/// <summary>Contacts are found by where they are.</summary>
public abstract class PlacesTests(CrmHost host)
{
    [Fact]
    public async Task Contacts_are_filtered_by_town_and_country()
    {
        using var api = await host.ApiAsync(await new Crm.Testing.People(host).AdministratorAsync());
        var mark = "P" + Guid.CreateVersion7().ToString("N")[20..];
        foreach (var (name, city, country) in new[] { ("A", "Rīga", "LV"), ("B", "Liepāja", "LV"), ("C", "Stockholm", "SE") })
        {
            var id = (await MadeAsync(api, "organizations", new { name = $"{mark} {name}" }))["id"]!.GetValue<string>();
            await MadeAsync(api, "addresses", new { record = id, city, country });
            // A second address changes nothing: the first is where it is.
            await MadeAsync(api, "addresses", new { record = id, city = "Elsewhere", country = "DE" });
        }

        Assert.Equal([$"{mark} A"], await TitlesAsync(api, $"city eq \"rīga\" and name starts \"{mark}\""));
        Assert.Equal([$"{mark} A", $"{mark} B"], await TitlesAsync(api, $"country eq \"LV\" and name starts \"{mark}\""));
        Assert.Equal([], await TitlesAsync(api, $"city eq \"Elsewhere\" and name starts \"{mark}\""));
    }

    private static async Task<List<string>> TitlesAsync(HttpClient api, string filter) =>
        [.. (await ReadAsync(api, $"organizations?sort=title&filter={Uri.EscapeDataString(filter)}"))["items"]!.AsArray().Select(i => i!["title"]!.GetValue<string>())];

    private static async Task<JsonNode> ReadAsync(HttpClient api, string path) =>
        JsonNode.Parse(await api.GetStringAsync(new Uri("/api/v1/" + path, UriKind.Relative)))!;

    private static async Task<JsonNode> MadeAsync(HttpClient api, string plural, object values)
    {
        using var made = await api.PostAsJsonAsync(new Uri("/api/v1/" + plural, UriKind.Relative), values);
        var text = await made.Content.ReadAsStringAsync();
        Assert.True(made.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }
}

/// <summary>On SQLite.</summary>
public sealed class PlacesOnSqlite(SqliteHost host) : PlacesTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class PlacesOnPostgres(PostgresHost host) : PlacesTests(host), IClassFixture<PostgresHost>;
