using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
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
