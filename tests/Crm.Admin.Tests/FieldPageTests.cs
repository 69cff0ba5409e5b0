using System.Net;
using System.Text.RegularExpressions;
using Crm.Abstractions.Security;
using Crm.Testing;

namespace Crm.Admin.Tests;

/// <summary>The administration's page of fields: what is made there is in the forms at the next request.</summary>
public abstract partial class FieldPageTests(CrmHost host)
{
    [Fact]
    [Trait("F", "3")]
    public async Task A_field_made_on_the_page_is_filled_in_on_the_form_shown_edited_in_place_and_filtered_by()
    {
        using var admin = await Browser.SignedInAsync(host, "admin");
        using var made = await admin.PostAsync("/admin/fields/new?kind=organization", New("Hull no.", "Text", ("Input.IsListed", "true"), ("Input.Heading", "Ship")));
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        Assert.Contains("hullNo", await admin.ReadAsync("/admin/fields?kind=organization"), StringComparison.Ordinal);

        using (await admin.PostAsync("/admin/fields/new?kind=organization", New("Worth", "Money"))) { }
        var form = await admin.ReadAsync("/contacts/organizations/new");
        Assert.Contains("Hull no.", form, StringComparison.Ordinal);
        using var saved = await admin.PostAsync("/contacts/organizations/new", new() { ["name"] = "Pequod", ["hullNo"] = "P-77", ["worth"] = "1200.5", ["worth.currency"] = "USD" });
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var page = saved.Headers.Location!.OriginalString;
        Assert.Contains("P-77", await admin.ReadAsync(page), StringComparison.Ordinal);
        Assert.Contains("1,200.50\u00a0USD", WebUtility.HtmlDecode(await admin.ReadAsync(page)), StringComparison.Ordinal);
        using var changed = await admin.PostAsync($"{page}/field/hullNo", new() { ["hullNo"] = "P-78" }, page);
        Assert.Contains("P-78", await admin.ReadAsync(page), StringComparison.Ordinal);
        Assert.Contains("Pequod", await admin.ReadAsync("/contacts/organizations?filter=" + Uri.EscapeDataString("hullNo eq \"p-78\"") + "&sort=-hullNo"), StringComparison.Ordinal);
        Assert.Contains("Hull no.", await admin.ReadAsync("/contacts/organizations"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_is_moved_retired_and_restored_and_each_act_is_in_the_audit()
    {
        using var admin = await Browser.SignedInAsync(host, "admin");
        foreach (var label in new[] { "First thing", "Second thing" })
            using (await admin.PostAsync("/admin/fields/new?kind=note", New(label, "Number"))) { }
        var list = await admin.ReadAsync("/admin/fields?kind=note");
        Assert.True(list.IndexOf("First thing", StringComparison.Ordinal) < list.IndexOf("Second thing", StringComparison.Ordinal));
        var second = Row().Matches(list)[1].Groups["id"].Value;
        using (await ActAsync(admin, second, "up")) { }
        list = await admin.ReadAsync("/admin/fields?kind=note");
        Assert.True(list.IndexOf("First thing", StringComparison.Ordinal) > list.IndexOf("Second thing", StringComparison.Ordinal));
        using (await ActAsync(admin, second, "retire")) { }
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/admin/fields/" + second)).StatusCode);
        using (await ActAsync(admin, second, "restore")) { }
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/admin/fields/" + second)).StatusCode);
        var audit = WebUtility.HtmlDecode(await admin.ReadAsync("/admin/audit?q=Second"));
        foreach (var act in new[] { "Added the field Second thing", "Moved the field Second thing", "Retired the field Second thing", "Restored the field Second thing" })
            Assert.Contains(act, audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_said_and_nobody_else_comes_in()
    {
        using var admin = await Browser.SignedInAsync(host, "admin");
        await new People(host).UserAsync("fred", ReadyRoles.Sales);
        using var sales = await Browser.SignedInAsync(host, "fred");
        Assert.Equal(HttpStatusCode.Forbidden, (await sales.GetAsync("/admin/fields")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await sales.GetAsync("/admin/fields/new?kind=person")).StatusCode);
        foreach (var bad in new[]
        {
            New("", "Text"), New(new string('x', 5_000), "Text"), New("A\u0001b", "Text"), New("x", "Values"), New("x", "999"), New("x", "OneOf"), New("x", "Date", ("Input.IsUnique", "true")),
            New("x", "Number", ("Input.Formula", "1 +")), New("x", "Text", ("Input.Name", "__proto__")), New("x", "Link", ("Input.LinkKinds", "nothing")), New("x", "Text", ("Input.Departments", Guid.Empty.ToString())),
        })
        {
            using var answer = await admin.PostAsync("/admin/fields/new?kind=person", bad);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        }

        foreach (var page in new[] { "/admin/fields?kind=nothing", "/admin/fields/zzz", $"/admin/fields/{Guid.Empty}", "/admin/fields/new?kind=contact" })
            Assert.Equal((page, HttpStatusCode.NotFound), (page, (await admin.GetAsync(page)).StatusCode));
    }

    [Fact]
    [Trait("F", "2")]
    public async Task A_field_of_the_type_is_made_obligatory_on_the_page_and_marked_on_the_form()
    {
        using var admin = await Browser.SignedInAsync(host, "admin");
        using (await admin.PostAsync("/admin/fields?kind=organization&handler=Required", new() { ["required"] = "industry" }, "/admin/fields?kind=organization")) { }
        using var refused = await admin.PostAsync("/contacts/organizations/new", new() { ["name"] = "No industry" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        using (await admin.PostAsync("/admin/fields?kind=organization&handler=Required", [], "/admin/fields?kind=organization")) { }
        using var taken = await admin.PostAsync("/contacts/organizations/new", new() { ["name"] = "No industry" });
        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
    }

    private static Task<HttpResponseMessage> ActAsync(Browser admin, string id, string act) =>
        admin.PostAsync("/admin/fields?kind=note", new() { ["id"] = id, ["act"] = act });

    private static Dictionary<string, string> New(string label, string holds, params (string Name, string Value)[] more) =>
        new(more.Select(m => KeyValuePair.Create(m.Name, m.Value))) { ["Input.Label"] = label, ["Input.Holds"] = holds };

    [GeneratedRegex("data-href=\"/admin/fields/(?<id>[0-9a-f-]{36})\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();
}

/// <summary>On SQLite.</summary>
public sealed class FieldPagesOnSqlite(SqliteHost host) : FieldPageTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class FieldPagesOnPostgres(PostgresHost host) : FieldPageTests(host), IClassFixture<PostgresHost>;
