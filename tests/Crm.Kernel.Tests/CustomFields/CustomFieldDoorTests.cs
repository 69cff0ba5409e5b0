using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Records;
using Crm.Kernel.Tests.Records;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.CustomFields;

/// <summary>A custom field is an ordinary field at every door, on both databases.</summary>
public abstract class CustomFieldDoorTests(CrmHost host) : IAsyncLifetime
{
    private Guid _me;
    private string _kind = "";

    public async Task InitializeAsync()
    {
        _me = await new People(host).UserAsync($"a{Guid.CreateVersion7():N}", ReadyRoles.Sales);
        _kind = "organization";
        if (host.Services.GetService(typeof(RecordTypes)) is RecordTypes types && types.Find(_kind)!.Find("hullNo") is not null)
            return;
        await host.FieldAsync(_kind, FieldKind.Text, "Hull no.", f => f with { IsUnique = true, IsListed = true, IsSearchable = true });
        await host.FieldAsync(_kind, FieldKind.LongText, "Story");
        await host.FieldAsync(_kind, FieldKind.Number, "Tonnage", f => f with { IsListed = true });
        await host.FieldAsync(_kind, FieldKind.Money, "Price", f => f with { IsListed = true });
        await host.FieldAsync(_kind, FieldKind.Date, "Launched", f => f with { IsListed = true });
        await host.FieldAsync(_kind, FieldKind.Time, "Opens", f => f with { IsListed = true });
        await host.FieldAsync(_kind, FieldKind.Instant, "Docked", f => f with { IsListed = true });
        await host.FieldAsync(_kind, FieldKind.YesNo, "Insured");
        await host.FieldAsync(_kind, FieldKind.OneOf, "State", f => f with { Options = FieldRoom.Options("At sea", "In dry dock"), IsListed = true });
        await host.FieldAsync(_kind, FieldKind.ManyOf, "Cargo", f => f with { Options = FieldRoom.Options("Timber", "Grain", "Cars") });
        await host.FieldAsync(_kind, FieldKind.Link, "Captain", f => f with { LinkKinds = ["person"] });
        await host.Services.GetService<Crm.Kernel.CustomFields.CustomFieldWork>()!.RunAsync(CancellationToken.None);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("""hullNo eq "ab-1" """, "Alpha")]
    [InlineData("""hullNo contains "b-" """, "Alpha", "Beta")]
    [InlineData("""hullNo starts "ŠĶ" """, "Gamma")]
    [InlineData("""hullNo is null""", "Delta")]
    [InlineData("""story contains "storm" """, "Alpha")]
    [InlineData("""tonnage gt 9.5""", "Beta", "Gamma")]
    [InlineData("""tonnage eq 9.5""", "Alpha")]
    [InlineData("""tonnage in (10, 9.5)""", "Alpha", "Beta")]
    [InlineData("""tonnage lt 100 and tonnage is not null""", "Alpha", "Beta")]
    [InlineData("""price ge 1000.5""", "Beta")]
    [InlineData("""price.currency eq EUR""", "Alpha", "Beta")]
    [InlineData("""launched lt 2000-01-01""", "Alpha")]
    [InlineData("""launched in (1999-12-31, 2001-05-06)""", "Alpha", "Beta")]
    [InlineData("""opens ge "09:30" """, "Beta")]
    [InlineData("""docked gt 2026-01-01T00:00:00Z""", "Beta")]
    [InlineData("""docked eq "2025-06-01T12:00:00.123456Z" """, "Alpha")]
    [InlineData("""insured eq true""", "Alpha")]
    [InlineData("""insured eq false""", "Beta")]
    [InlineData("""state eq inDryDock""", "Beta")]
    [InlineData("""state in (atSea, null)""", "Alpha", "Delta", "Gamma")]
    [InlineData("""cargo eq grain""", "Alpha", "Beta")]
    [InlineData("""cargo eq timber and cargo eq grain""", "Alpha")]
    [InlineData("""cargo ne timber and hullNo is not null""", "Beta", "Gamma")]
    [InlineData("""cargo contains "ar" """, "Gamma")]
    [InlineData("""cargo is null""", "Delta")]
    [InlineData("""captain is not null""", "Alpha")]
    public async Task A_filter_leaves_what_it_says(string filter, params string[] titles)
    {
        await FleetAsync();
        Assert.Equal(titles, await host.TitlesAsync(_me, "organizations", filter));
    }

    [Theory]
    [InlineData("tonnage", "Alpha Beta Gamma Delta")]
    [InlineData("-tonnage", "Gamma Beta Alpha Delta")]
    [InlineData("hullNo", "Alpha Beta Gamma Delta")]
    [InlineData("-hullNo", "Gamma Beta Alpha Delta")]
    [InlineData("price", "Gamma Alpha Beta Delta")]
    [InlineData("launched", "Alpha Beta Delta Gamma")]
    [InlineData("-opens", "Beta Alpha Delta Gamma")]
    [InlineData("docked", "Alpha Beta Delta Gamma")]
    [InlineData("state,-tonnage", "Alpha Beta Gamma Delta")]
    public async Task A_list_is_sorted_by_the_values_type_and_empty_ones_come_last(string sort, string titles)
    {
        await FleetAsync();
        Assert.Equal(titles, string.Join(' ', await host.TitlesAsync(_me, "organizations", null, sort + ",title")));
        Assert.Equal(titles, string.Join(' ', await host.TitlesAsync(_me, "organizations", null, sort + ",title", limit: 1)));
    }

    [Fact]
    public async Task Sums_go_by_groups_and_money_by_its_currency()
    {
        await FleetAsync();
        var states = await host.AsAsync(_me, "organizations", d => d.SummaryAsync("state", "tonnage", null, CancellationToken.None));
        Assert.Equal("atSea:9.5 inDryDock:10 :100", string.Join(' ', states.OrderBy(s => s.Sum).Select(s => $"{s.Key}:{s.Sum}")));
        var sums = await host.AsAsync(_me, "organizations", d => d.SummaryAsync("price.currency", "price", null, CancellationToken.None));
        Assert.Equal(1013.0m, sums.Single(s => s.Key as string == "EUR").Sum);
        await Assert.ThrowsAsync<BadFilter>(() => host.AsAsync(_me, "organizations", d => d.SummaryAsync("state", "price", null, CancellationToken.None)));
    }

    [Fact]
    public async Task The_api_takes_and_gives_every_kind()
    {
        using var api = await host.ApiAsync(_me);
        var hull = $"API-{Guid.CreateVersion7():N}";
        var made = await MadeAsync(api, new
        {
            name = "Api ship", hullNo = hull, tonnage = 12.5, price = new { amount = "12.50", currency = "EUR" }, launched = "2001-02-03", opens = "08:30",
            docked = "2026-01-31T14:30:00Z", insured = true, state = "atSea", cargo = new[] { "timber", "cars" },
        });
        Assert.Equal(hull, made.GetProperty("hullNo").GetString());
        Assert.Equal(12.5m, made.GetProperty("tonnage").GetDecimal());
        Assert.Equal("""{"amount":"12.50","currency":"EUR"}""", made.GetProperty("price").GetRawText());
        Assert.Equal("08:30:00", made.GetProperty("opens").GetString());
        Assert.Equal("2026-01-31T14:30:00Z", made.GetProperty("docked").GetString());
        Assert.Equal("""["timber","cars"]""", made.GetProperty("cargo").GetRawText());
        var fields = await api.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/organizations?fields=hullNo,price&sort=-tonnage&filter=hullNo eq \"{hull}\"", UriKind.Relative));
        Assert.Equal(hull, fields.GetProperty("items")[0].GetProperty("hullNo").GetString());
        var document = await api.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative));
        Assert.Contains("\"inDryDock\"", document, StringComparison.Ordinal);
        Assert.Contains("Hull no.", document, StringComparison.Ordinal);
        var found = await api.GetStringAsync(new Uri($"/api/v1/search?q={hull}", UriKind.Relative));
        Assert.Contains("Api ship", found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"x","tonnage":"many"}""", "tonnage")]
    [InlineData("""{"name":"x","tonnage":"NaN"}""", "tonnage")]
    [InlineData("""{"name":"x","tonnage":1e15}""", "tonnage")]
    [InlineData("""{"name":"x","tonnage":1e30}""", "tonnage")]
    [InlineData("""{"name":"x","tonnage":{"a":{"b":[1]}}}""", "tonnage")]
    [InlineData("""{"name":"x","price":"12"}""", "price")]
    [InlineData("""{"name":"x","price":{"amount":"1","currency":"XXQ"}}""", "price")]
    [InlineData("""{"name":"x","price":{"amount":"Infinity","currency":"EUR"}}""", "price")]
    [InlineData("""{"name":"x","launched":"2026-02-30"}""", "launched")]
    [InlineData("""{"name":"x","opens":"25:00"}""", "opens")]
    [InlineData("""{"name":"x","state":"sunk"}""", "state")]
    [InlineData("""{"name":"x","cargo":["timber","gold"]}""", "cargo")]
    [InlineData("""{"name":"x","captain":"0190aaaa-0000-7000-8000-000000000000"}""", "captain")]
    [InlineData("""{"name":"x","hullNo":["a"]}""", "hullNo")]
    [InlineData("""{"name":"x","hullNo":"a\u0000b"}""", "hullNo")]
    [InlineData("""{"name":"x","__proto__":"y"}""", "__proto__")]
    public async Task What_is_none_of_the_kind_is_refused_at_its_field(string body, string field)
    {
        using var api = await host.ApiAsync(_me);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await api.PostAsync(new Uri("/api/v1/organizations", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task A_text_longer_than_it_may_be_is_refused()
    {
        using var api = await host.ApiAsync(_me);
        using var answer = await api.PostAsJsonAsync(new Uri("/api/v1/organizations", UriKind.Relative), new { name = "x", hullNo = new string('x', 100_000), story = new string('y', 20_001) });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    private static async Task<JsonElement> MadeAsync(HttpClient api, object record)
    {
        using var answer = await api.PostAsJsonAsync(new Uri("/api/v1/organizations", UriKind.Relative), record);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    // Four of the reader's own; hull numbers are unique over all, so each test has its own.
    private async Task FleetAsync()
    {
        await host.InAsync(async db =>
        {
            foreach (var old in db.Records.Where(r => r.Custom != null).ToList())
                old.Custom = null;
            await db.SaveChangesAsync();
        });
        var captain = await host.MakeAsync(_me, "people", ("lastName", "Ahab"));
        await host.MakeAsync(
            _me, "organizations", ("name", "Alpha"), ("hullNo", "AB-1"), ("story", "Lost in a storm"), ("tonnage", 9.5m), ("price", new Money(12.5m, "EUR")),
            ("launched", new DateOnly(1999, 12, 31)), ("opens", new TimeOnly(8, 15)), ("docked", DateTimeOffset.Parse("2025-06-01T12:00:00.123456Z", null)),
            ("insured", true), ("state", "atSea"), ("cargo", new List<string> { "timber", "grain" }), ("captain", captain.Id));
        await host.MakeAsync(
            _me, "organizations", ("name", "Beta"), ("hullNo", "bb-2"), ("tonnage", 10m), ("price", new Money(1000.5m, "EUR")), ("launched", new DateOnly(2001, 5, 6)),
            ("opens", new TimeOnly(9, 30)), ("docked", DateTimeOffset.Parse("2026-06-01T12:00:00Z", null)), ("insured", false), ("state", "inDryDock"), ("cargo", new List<string> { "grain" }));
        await host.MakeAsync(_me, "organizations", ("name", "Gamma"), ("hullNo", "šķ-3"), ("tonnage", 100m), ("price", new Money(3m, "USD")), ("cargo", new List<string> { "cars" }));
        await host.MakeAsync(_me, "organizations", ("name", "Delta"));
    }
}

/// <summary>On SQLite.</summary>
public sealed class CustomFieldDoorsOnSqlite(SqliteHost host) : CustomFieldDoorTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class CustomFieldDoorsOnPostgres(PostgresHost host) : CustomFieldDoorTests(host), IClassFixture<PostgresHost>;
