using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Notes.Notes;
using Crm.Testing;

namespace Crm.Notes.Tests.Notes;

/// <summary>A customer with ten thousand notes: the timeline is read piece by piece, each entry once, newest first.</summary>
public abstract partial class LongStoryTests(CrmHost host)
{
    private const int Count = 10_000;

    [Fact]
    [Trait("F", "10")]
    public async Task Ten_thousand_entries_are_scrolled_through_newest_first_and_none_twice()
    {
        using var api = await host.ApiAsync(await new People(host).AdministratorAsync());
        using var made = await api.PostAsync("/api/v1/people", new StringContent("""{"firstName":"Long","lastName":"Story"}""", null, "application/json"));
        var person = JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetGuid();
        for (var from = 0; from < Count; from += 2000)
            await WriteAsync(person, from, 2000);
        using var browser = await Browser.SignedInAsync(host, "admin");

        var seen = new List<int>();
        for (var url = $"/contacts/people/{person}/timeline"; url is not null;)
        {
            var piece = await browser.PieceAsync(url);
            Assert.True(piece.Length < 200_000, "A piece is as long as a page, not as the story.");
            seen.AddRange(Number().Matches(piece).Select(m => int.Parse(m.Groups["n"].Value, System.Globalization.CultureInfo.InvariantCulture)));
            url = More().Match(piece) is { Success: true } more ? WebUtility.HtmlDecode(more.Groups["url"].Value) : null;
        }

        Assert.Equal(Enumerable.Range(0, Count).Reverse(), seen);
    }

    [Fact]
    [Trait("F", "10")]
    public async Task Entries_of_people_whom_the_reader_does_not_see_take_no_place_on_his_page()
    {
        var people = new People(host);
        var tag = Guid.CreateVersion7().ToString("N")[20..];
        var reader = await people.UserAsync($"reader{tag}", ReadyRoles.Sales, await people.DepartmentAsync($"Here {tag}"));
        var other = await people.UserAsync($"other{tag}", ReadyRoles.Sales, await people.DepartmentAsync($"There {tag}"));
        using var his = await host.ApiAsync(reader);
        using var foreign = await host.ApiAsync(await people.AdministratorAsync());
        var company = await MakeAsync(his, "organizations", new { name = $"Shared {tag}" });
        await WriteAsync(company, 0, 40);
        var hidden = await MakeAsync(foreign, "people", new { firstName = "Not", lastName = "His", organization = company, owner = other });
        await WriteAsync(hidden, 40, 300);

        var (all, pages) = (new List<string>(), 0);
        for (string? next = ""; next is not null; pages++)
        {
            using var json = JsonDocument.Parse(await his.GetStringAsync($"/api/v1/organizations/{company}/timeline?limit=30" + (next.Length == 0 ? "" : "&after=" + Uri.EscapeDataString(next))));
            all.AddRange(json.RootElement.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("text").GetString()!));
            next = json.RootElement.GetProperty("next").GetString();
        }

        Assert.Equal(40, all.Count(t => t.StartsWith("Entry number", StringComparison.Ordinal)));
        Assert.DoesNotContain(all, t => Number().Match(t) is { Success: true } m && int.Parse(m.Groups["n"].Value, System.Globalization.CultureInfo.InvariantCulture) >= 40);
        Assert.Equal(2, pages);
    }

    private static async Task<Guid> MakeAsync(HttpClient api, string plural, object values)
    {
        using var made = await api.PostAsync("/api/v1/" + plural, new StringContent(JsonSerializer.Serialize(values), null, "application/json"));
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetGuid();
    }

    private Task WriteAsync(Guid person, int from, int count) => host.InAsync(async db =>
    {
        for (var n = from; n < from + count; n++)
        {
            var note = Note.New();
            note.HangOn(person);
            note.Text = $"Entry number {n} of the story";
            db.Add(note);
        }

        await db.SaveChangesAsync();
    });

    [GeneratedRegex(@"Entry number (?<n>\d+) of", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Number();

    [GeneratedRegex("hx-get=\"(?<url>[^\"]*[?&](amp;)?after=[^\"]*)\"", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex More();
}

/// <summary>On SQLite.</summary>
public sealed class LongStoryOnSqlite(SqliteHost host) : LongStoryTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class LongStoryOnPostgres(PostgresHost host) : LongStoryTests(host), IClassFixture<PostgresHost>;
