using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Crm.Abstractions.Security;
using Crm.Testing;

namespace Crm.Contacts.Tests.Panels;

/// <summary>The boxes of a contact's page: each for itself, for those who see the contact, changed by those who may.</summary>
public abstract partial class PanelTests(CrmHost host) : IAsyncLifetime
{
    private readonly string _mark = Guid.CreateVersion7().ToString("N");
    private Browser _owner = null!;
    private Browser _reader = null!;
    private Browser _stranger = null!;
    private HttpClient _api = null!;
    private string _person = "";
    private string _firm = "";

    public async Task InitializeAsync()
    {
        var people = new Crm.Testing.People(host);
        _api = await host.ApiAsync(await people.UserAsync("o" + _mark, ReadyRoles.Sales));
        var reader = await people.UserAsync("r" + _mark, ReadyRoles.Sales);
        await people.UserAsync("s" + _mark, ReadyRoles.Sales);
        (_owner, _reader, _stranger) = (await SignedInAsync("o"), await SignedInAsync("r"), await SignedInAsync("s"));
        _person = await MadeAsync("people", new { firstName = "Boxed", lastName = "Person" });
        _firm = await MadeAsync("organizations", new { name = "Boxed firm" });
        using var shared = await _api.PostAsync(new Uri($"/api/v1/people/{_person}/share", UriKind.Relative), Json(new { user = reader }));
        Assert.Equal(HttpStatusCode.OK, shared.StatusCode);
    }

    public Task DisposeAsync()
    {
        foreach (var one in new IDisposable[] { _owner, _reader, _stranger, _api })
            one.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    [Trait("F", "10")]
    public async Task Every_box_answers_who_sees_the_contact_and_nobody_else()
    {
        foreach (var (box, id) in new[] { ("addresses", _person), ("relationships", _person), ("consents", _person), ("contacts", _person) })
        {
            var url = $"/contacts/{box}/panel/{id}";
            Assert.Equal((box, HttpStatusCode.OK), (box, (await _owner.GetAsync(url)).StatusCode));
            Assert.Equal((box, HttpStatusCode.OK), (box, (await _reader.GetAsync(url)).StatusCode));
            Assert.Equal((box, HttpStatusCode.NotFound), (box, (await _stranger.GetAsync(url)).StatusCode));
        }

        foreach (var box in new[] { "people", "organizations" })
        {
            Assert.Equal(HttpStatusCode.OK, (await _owner.GetAsync($"/contacts/{box}/panel/{_firm}")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await _owner.GetAsync($"/contacts/{box}/panel/{_person}")).StatusCode);
        }
    }

    [Fact]
    [Trait("F", "2")]
    public async Task An_address_is_added_changed_removed_and_taken_back()
    {
        var url = $"/contacts/addresses/panel/{_person}";
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(_reader, url, new() { ["Form.City"] = "Rīga" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(_stranger, url, new() { ["Form.City"] = "Rīga" }, "/")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(_owner, url, new() { ["Form.City"] = new string('x', 201) })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(_owner, url, [])).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(_owner, url, new() { ["Form.City"] = "Cēsis", ["Form.Street"] = "Rīgas iela 1" })).StatusCode);
        var box = await _reader.PieceAsync(url);
        Assert.Contains("Cēsis", WebUtility.HtmlDecode(box), StringComparison.Ordinal);
        Assert.DoesNotContain("handler=Remove", box, StringComparison.Ordinal);
        var address = RowOf().Match(await _owner.PieceAsync(url)).Groups["id"].Value;
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(_owner, $"{url}?address={address}", new() { ["Form.City"] = "Valmiera", ["Form.Version"] = await VersionAsync($"{url}?address={address}") })).StatusCode);
        Assert.Contains("Valmiera", await _owner.PieceAsync(url), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(_owner, $"{url}?handler=Remove&address={address}", [])).StatusCode);
        Assert.DoesNotContain("Valmiera", await _owner.PieceAsync(url), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(_owner, $"{url}?handler=Undo&address={address}", [])).StatusCode);
        Assert.Contains("Valmiera", await _owner.PieceAsync(url), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("F", "2")]
    public async Task Of_two_who_change_one_address_the_second_is_shown_what_the_first_wrote()
    {
        var url = $"/contacts/addresses/panel/{_person}";
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(_owner, url, new() { ["Form.City"] = "Cēsis", ["Form.PostalCode"] = "LV-4100" })).StatusCode);
        var address = $"{url}?address={RowOf().Match(await _owner.PieceAsync(url)).Groups["id"].Value}";
        var version = await VersionAsync(address);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(_owner, address, new() { ["Form.City"] = "Cēsis", ["Form.PostalCode"] = "LV-4101", ["Form.Version"] = version })).StatusCode);
        var mine = new Dictionary<string, string> { ["Form.City"] = "Cēsis", ["Form.PostalCode"] = "LV-4100", ["Form.Suite"] = "7", ["Form.Version"] = version };
        using var stale = await PostAsync(_owner, address, mine);
        var said = WebUtility.HtmlDecode(await stale.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stale.StatusCode);
        Assert.Contains("Somebody else wrote: LV-4101", said, StringComparison.Ordinal);
        Assert.Contains("LV-4101", await _owner.PieceAsync(address), StringComparison.Ordinal);
        mine["Form.Version"] = Version().Match(said).Groups["version"].Value;
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(_owner, address, mine)).StatusCode);
        Assert.Contains("LV-4100", await _owner.PieceAsync(address), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("F", "14")]
    public async Task A_relationship_is_read_from_both_ends_and_taken_back()
    {
        var url = $"/contacts/relationships/panel/{_person}";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(_owner, url, new() { ["Form.Type"] = "nonsense", ["Form.To"] = _firm })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(_owner, url, new() { ["Form.Type"] = "memberOf", ["Form.To"] = Guid.CreateVersion7().ToString() })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(_owner, url, new() { ["Form.Type"] = "memberOf", ["Form.To"] = _firm })).StatusCode);
        Assert.Contains("Boxed firm", await _owner.PieceAsync(url), StringComparison.Ordinal);
        Assert.Contains("Boxed Person", await _owner.PieceAsync($"/contacts/relationships/panel/{_firm}"), StringComparison.Ordinal);
        // Who sees one end only reads that there is something at the other.
        Assert.DoesNotContain("Boxed firm", await _reader.PieceAsync(url), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(_owner, url, new() { ["Form.Type"] = "memberOf", ["Form.To"] = _firm })).StatusCode);
        var row = RelationshipRow().Match(await _owner.PieceAsync(url)).Groups["id"].Value;
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(_reader, $"{url}?handler=Remove&relationship={row}", [])).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(_owner, $"{url}?handler=Remove&relationship={row}", [])).StatusCode);
        Assert.DoesNotContain("Boxed firm", await _owner.PieceAsync(url), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(_owner, $"{url}?handler=Undo&relationship={row}", [])).StatusCode);
        Assert.Contains("Boxed firm", await _owner.PieceAsync(url), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("F", "91")]
    public async Task The_newest_word_on_a_channel_counts_and_the_earlier_ones_are_kept()
    {
        var url = $"/contacts/consents/panel/{_person}";
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(_reader, url, new() { ["Form.Channel"] = "email", ["Form.State"] = "given", ["Form.Source"] = "A form" })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(_owner, url, new() { ["Form.Channel"] = "email", ["Form.State"] = "given" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(_owner, url, new() { ["Form.Channel"] = "email", ["Form.State"] = "given", ["Form.Source"] = "A form" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(_owner, url, new() { ["Form.Channel"] = "email", ["Form.State"] = "refused", ["Form.Source"] = "A call" })).StatusCode);
        var now = await _owner.PieceAsync(url);
        Assert.True(now.Contains("A call", StringComparison.Ordinal) && !now.Contains("A form", StringComparison.Ordinal));
        var all = await _owner.PieceAsync(url + "?all=true");
        Assert.True(all.Contains("A call", StringComparison.Ordinal) && all.Contains("A form", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Employees_and_parts_stand_on_the_organisations_page()
    {
        await MadeAsync("people", new { firstName = "Employed", lastName = "There", organization = _firm });
        await MadeAsync("organizations", new { name = "Part of boxed", parent = _firm });
        Assert.Contains("Employed There", await _owner.PieceAsync($"/contacts/people/panel/{_firm}"), StringComparison.Ordinal);
        Assert.Contains("Part of boxed", await _owner.PieceAsync($"/contacts/organizations/panel/{_firm}"), StringComparison.Ordinal);
    }

    private async Task<string> VersionAsync(string form) => Version().Match(await _owner.PieceAsync(form)).Groups["version"].Value;

    private static StringContent Json(object body) => new(JsonSerializer.Serialize(body), null, "application/json");

    private Task<HttpResponseMessage> PostAsync(Browser browser, string url, Dictionary<string, string> form, string? page = null) =>
        browser.PostAsync(url, form, page ?? $"/contacts/people/{_person}");

    private Task<Browser> SignedInAsync(string name) => Browser.SignedInAsync(host, name + _mark);

    private async Task<string> MadeAsync(string plural, object body)
    {
        using var made = await _api.PostAsync(new Uri($"/api/v1/{plural}", UriKind.Relative), Json(body));
        var text = await made.Content.ReadAsStringAsync();
        Assert.True(made.StatusCode == HttpStatusCode.Created, text);
        return JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!;
    }

    [GeneratedRegex("name=\"Form.Version\" value=\"(?<version>[0-9]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Version();

    [GeneratedRegex("handler=Remove&amp;address=(?<id>[0-9a-f-]{36})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RowOf();

    [GeneratedRegex("handler=Remove&amp;relationship=(?<id>[0-9a-f-]{36})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RelationshipRow();
}

/// <summary>On SQLite.</summary>
public sealed class PanelsOnSqlite(SqliteHost host) : PanelTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class PanelsOnPostgres(PostgresHost host) : PanelTests(host), IClassFixture<PostgresHost>;
