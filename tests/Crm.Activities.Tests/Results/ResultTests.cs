using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Crm.Abstractions.Security;
using Crm.Kernel.Users;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Tests.Results;

/// <summary>What contacts brought: each number is the sum of the list behind it, and nothing unconfirmed is in a confirmed one.</summary>
public abstract partial class ResultTests(CrmHost host)
{
    private readonly Team _team = new(host);

    [Fact]
    [Trait("F", "23")]
    public async Task Every_number_of_the_page_is_the_sum_of_the_list_that_it_leads_to_for_its_reader()
    {
        var (me, other, controller) = (await _team.SalesAsync(), await _team.SalesAsync(), await _team.SalesAsync(ReadyRoles.Controller));
        var random = new Random(7);
        var people = new List<Guid> { await Team.PersonAsync(me.Api, "One"), await Team.PersonAsync(me.Api, "Two"), await Team.PersonAsync(other.Api, "Three") };
        for (var i = 0; i < 24; i++)
        {
            var about = people[i % 3];
            var made = await BroughtAsync(about == people[2] ? other.Api : me.Api, about, $"2026-{1 + random.Next(6):00}-{1 + random.Next(27):00}T23:30:00Z", random.Next(1, 9999) / 4m, i % 5 == 0 ? "USD" : "EUR", i % 2 == 0 ? "pledged" : "deposited");
            if (i % 3 != 1)
                Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(controller.Api, "interactions", made, i % 7 == 0 ? "reject" : "confirm", i % 7 == 0 ? new { reason = "No paper" } : new { }));
        }

        foreach (var reader in new[] { me, other, controller })
        {
            using var browser = await Browser.SignedInAsync(host, reader.Name);
            foreach (var group in new[] { "customer", "user", "month" })
            {
                var page = WebUtility.HtmlDecode(await browser.ReadAsync($"/activities/results?group={group}&year=2026"));
                var numbers = Number().Matches(page);
                Assert.NotEmpty(numbers);
                foreach (Match number in numbers)
                {
                    var filter = Uri.UnescapeDataString(number.Groups["filter"].Value);
                    var behind = await Team.ListAsync(reader.Api, "interactions", filter);
                    Assert.NotEmpty(behind);
                    Assert.Equal(decimal.Parse(number.Groups["sum"].Value, NumberStyles.Number, CultureInfo.GetCultureInfo("en-GB")), behind.Sum(i => decimal.Parse(i.GetProperty("result").GetProperty("amount").GetString()!, CultureInfo.InvariantCulture)));
                }
            }
        }

        using var mine = await Browser.SignedInAsync(host, me.Name);
        Assert.DoesNotContain("Three", await mine.ReadAsync("/activities/results?year=2026"), StringComparison.Ordinal);
        using var all = await Browser.SignedInAsync(host, controller.Name);
        Assert.Contains("Waiting for confirmation", await all.ReadAsync("/activities/interactions?view=waiting"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("F", "29")]
    public async Task Unconfirmed_money_stands_apart_and_moves_when_a_controller_confirms_it()
    {
        var (me, controller) = (await _team.SalesAsync(), await _team.SalesAsync(ReadyRoles.Controller));
        var person = await Team.PersonAsync(me.Api);
        var made = await BroughtAsync(me.Api, person, TimeProvider.System.GetUtcNow().AddMinutes(-1).ToString("O", null), 100.25m, "EUR", "deposited");
        using var browser = await Browser.SignedInAsync(host, me.Name);
        var tile = await browser.PieceAsync("/activities/results/widget");
        Assert.True(tile.Contains("100.25 EUR unconfirmed", StringComparison.Ordinal) && tile.Contains("<strong>0.00</strong>", StringComparison.Ordinal), tile);
        Assert.Equal(HttpStatusCode.Forbidden, await Team.DoAsync(me.Api, "interactions", made, "confirm"));
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(controller.Api, "interactions", made, "confirm"));
        tile = await browser.PieceAsync("/activities/results/widget");
        Assert.True(tile.Contains("<strong>100.25</strong>", StringComparison.Ordinal) && !tile.Contains("unconfirmed", StringComparison.Ordinal), tile);
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(controller.Api, "interactions", made, "reverse", new { reason = "Withdrawn" }));
        Assert.DoesNotContain("100.25", await browser.PieceAsync("/activities/results/widget"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("F", "29")]
    public async Task What_was_confirmed_keeps_its_colleague_and_its_day()
    {
        var (me, other, controller) = (await _team.SalesAsync(), await _team.SalesAsync(), await _team.SalesAsync(ReadyRoles.Controller));
        var person = await Team.PersonAsync(me.Api);
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(me.Api, "people", person, "share", new { user = other.Id, mayEdit = true }));
        var made = await BroughtAsync(me.Api, person, "2026-03-03T10:00:00Z", 500m, "EUR", "deposited");
        Assert.Equal(HttpStatusCode.OK, (await Team.PatchAsync(other.Api, "interactions", made, new { at = "2026-03-04T10:00:00Z" })).Status);
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(controller.Api, "interactions", made, "confirm"));
        foreach (var (field, values) in new (string, object)[] { ("user", new { user = other.Id }), ("at", new { at = "2026-04-01T10:00:00Z" }) })
        {
            var (status, text) = await Team.PatchAsync(other.Api, "interactions", made, values);
            Assert.True(status == HttpStatusCode.UnprocessableEntity, text);
            Assert.Contains($"\"{field}\":[\"A result of this was decided about", text, StringComparison.Ordinal);
        }

        var now = await Team.ReadAsync(me.Api, $"/api/v1/interactions/{made}");
        Assert.Equal((me.Id, "2026-03-04T10:00:00Z"), (now.GetProperty("user").GetProperty("id").GetGuid(), now.GetProperty("at").GetString()));
        // What else was said of it may still be put right.
        Assert.Equal(HttpStatusCode.OK, (await Team.PatchAsync(other.Api, "interactions", made, new { subject = "Brought at last" })).Status);
    }

    [Fact]
    [Trait("F", "29")]
    public async Task Who_changed_a_claim_does_not_decide_about_it()
    {
        var (me, first, second) = (await _team.SalesAsync(), await _team.SalesAsync(ReadyRoles.Controller), await _team.SalesAsync(ReadyRoles.Controller));
        // One who may both change contacts and decide about results.
        var editor = await _team.SalesAsync(ReadyRoles.Administrator);
        await host.InAsync(async db =>
        {
            var role = await db.Set<Role>().Where(r => r.Name == ReadyRoles.Controller).Select(r => r.Id).SingleAsync();
            db.Add(new UserRole { UserId = editor.Id, RoleId = role });
            await db.SaveChangesAsync();
        });
        var person = await Team.PersonAsync(me.Api);
        var made = await BroughtAsync(me.Api, person, "2026-03-03T10:00:00Z", 500m, "EUR", "deposited");
        Assert.Equal(HttpStatusCode.OK, (await Team.PatchAsync(editor.Api, "interactions", made, new { result = new { amount = "5000", currency = "EUR" } })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Team.DoAsync(editor.Api, "interactions", made, "confirm"));
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(first.Api, "interactions", made, "confirm"));
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(second.Api, "interactions", made, "reverse", new { reason = "Withdrawn" }));
    }

    [Fact]
    [Trait("F", "24")]
    public async Task The_API_sums_money_by_colleague_and_currency_at_once()
    {
        var (me, admin) = (await _team.SalesAsync(), await _team.SalesAsync(ReadyRoles.Administrator));
        var (person, file) = (await Team.PersonAsync(me.Api), await Browser.SignedInAsync(host, admin.Name));
        foreach (var (amount, currency) in new[] { (10m, "EUR"), (20.5m, "EUR"), (7m, "USD") })
            await BroughtAsync(me.Api, person, "2026-02-03T10:00:00Z", amount, currency, "pledged");
        await Team.MadeAsync(me.Api, "interactions", new { about = person, channel = "phone", subject = "Nothing", at = "2026-02-03T10:00:00Z" });
        var answer = await Team.ReadAsync(me.Api, "/api/v1/interactions/summary?group=user,result.currency,resultState,at:month&sum=result");
        var rows = answer.GetProperty("items").EnumerateArray().Where(r => r.GetProperty("key")[0].GetProperty("id").GetGuid() == me.Id)
            .ToDictionary(r => r.GetProperty("key")[1].GetString() ?? "", r => (r.GetProperty("sum").ToString(), r.GetProperty("count").GetInt32(), r.GetProperty("key")[3].GetString()));
        Assert.Equal(("30.5", 2, "2026-02"), rows["EUR"]);
        Assert.Equal(("7", 1, "2026-02"), rows["USD"]);
        using var mixed = await me.Api.GetAsync(new Uri("/api/v1/interactions/summary?group=user&sum=result", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, mixed.StatusCode);
        using var many = await me.Api.GetAsync(new Uri("/api/v1/interactions/summary?group=user,about,channel,direction,outcome", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, many.StatusCode);

        using (file)
            Assert.Contains("30.50,0.00,0.00", await file.ReadAsync("/activities/results?group=user&year=2026&handler=export"), StringComparison.Ordinal);
        using var browser = await Browser.SignedInAsync(host, me.Name);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/activities/results?group=nonsense&year=99999")).StatusCode);
    }

    private static Task<Guid> BroughtAsync(HttpClient api, Guid about, string at, decimal amount, string currency, string money) => Team.MadeAsync(
        api, "interactions", new { about, channel = "phone", subject = "Brought", at, resultType = "assets", result = new { amount = amount.ToString(CultureInfo.InvariantCulture), currency }, resultMoney = money });

    [GeneratedRegex("""<a href="/activities/interactions\?filter=(?<filter>[^"]+)">(?<sum>[0-9.,]+)</a>""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}

/// <summary>On SQLite.</summary>
public sealed class ResultsOnSqlite(SqliteHost host) : ResultTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class ResultsOnPostgres(PostgresHost host) : ResultTests(host), IClassFixture<PostgresHost>;
