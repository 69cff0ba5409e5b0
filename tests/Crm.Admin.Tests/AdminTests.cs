using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Crm.Abstractions.Security;
using Crm.Kernel.Audit;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin.Tests;

/// <summary>The administration's pages, over HTTP.</summary>
public abstract partial class AdminTests(CrmHost host)
{
    private static readonly string[] _pages =
    [
        "/admin", "/admin/users", "/admin/users/new", "/admin/departments", "/admin/departments/new", "/admin/roles", "/admin/roles/new",
        "/admin/modules", "/admin/fields", "/admin/fields/new?kind=person", "/admin/settings", "/admin/audit", "/admin/why", "/admin/jobs", "/admin/mail", "/admin/jobs/files.remove-remains",
    ];

    private readonly People _people = new(host);

    [Fact]
    public async Task An_administrator_enters_every_room_and_nobody_else_does()
    {
        await _people.UserAsync("nils", ReadyRoles.Sales);
        using var admin = await Browser.SignedInAsync(host, "admin");
        using var sales = await Browser.SignedInAsync(host, "nils");
        using var stranger = new Browser(host);
        foreach (var page in _pages)
        {
            Assert.Equal((page, HttpStatusCode.OK), (page, (await admin.GetAsync(page)).StatusCode));
            Assert.Equal((page, HttpStatusCode.Forbidden), (page, (await sales.GetAsync(page)).StatusCode));
            Assert.StartsWith("/login", (await stranger.GetAsync(page)).Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_overview_says_of_each_room_what_is_in_it()
    {
        using var admin = await Browser.SignedInAsync(host, "admin");
        var words = Words().Matches(await admin.ReadAsync("/admin")).Select(m => m.Groups["words"].Value).ToList();
        Assert.Equal(AdminMenu.Rooms.Count, words.Count);
        Assert.DoesNotContain("", words);
        Assert.Equal(words.Distinct(StringComparer.Ordinal), words);
    }

    [Fact]
    public async Task The_audit_says_no_more_of_a_person_than_its_reader_may_see_of_him()
    {
        await _people.UserAsync("conny", ReadyRoles.Controller);
        using var admin = await Browser.SignedInAsync(host, "admin");
        using var controller = await Browser.SignedInAsync(host, "conny");
        using var api = await host.ApiAsync(await _people.AdministratorAsync());
        using var made = await api.PostAsJsonAsync(new Uri("/api/v1/people", UriKind.Relative), new { lastName = "Auditable", birthday = "1981-02-03", tags = new[] { "audited" } });
        var id = JsonNode.Parse(await made.Content.ReadAsStringAsync())!["id"]!.GetValue<string>();
        using var change = new HttpRequestMessage(HttpMethod.Patch, new Uri($"/api/v1/people/{id}", UriKind.Relative)) { Content = JsonContent.Create(new { birthday = "1982-03-04", jobTitle = "Auditor" }) };
        change.Headers.TryAddWithoutValidation("If-Match", made.Headers.ETag!.ToString());
        using var changed = await api.SendAsync(change);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Guid act = default;
        await host.InAsync(async db => act = (await db.Set<AuditChange>().Where(c => c.RecordId == Guid.Parse(id)).OrderByDescending(c => c.Id).FirstAsync()).ActId);

        var whole = await admin.ReadAsync($"/admin/audit/{act}");
        Assert.Contains("1982-03-04", whole, StringComparison.Ordinal);
        var part = await controller.ReadAsync($"/admin/audit/{act}");
        Assert.Contains("Auditor", part, StringComparison.Ordinal);
        Assert.DoesNotContain("1982-03-04", part, StringComparison.Ordinal);
        Assert.DoesNotContain("1981-02-03", part, StringComparison.Ordinal);
        Assert.Contains(" values that you may not see", part, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var admin = await Browser.SignedInAsync(host, "admin");
        foreach (var page in new[] { "/admin/users/new", "/admin/departments/new", "/admin/roles/new", "/admin/modules", "/admin/settings" })
        {
            using var answer = await admin.SendAsync(page, new() { ["Input.Name"] = "x" });
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_user_added_on_the_page_signs_in_and_is_found_in_list_and_audit()
    {
        using var admin = await Browser.SignedInAsync(host, "admin");
        using var weak = await admin.PostAsync("/admin/users/new", New("olga", "olga123456"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, weak.StatusCode);
        using var added = await admin.PostAsync("/admin/users/new", New("olga", People.Password));
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        using var olga = await Browser.SignedInAsync(host, "olga");
        Assert.Contains("olga@example.org", await admin.ReadAsync("/admin/users?q=OLG"), StringComparison.Ordinal);
        var audit = await admin.ReadAsync("/admin/audit?q=olga");
        Assert.Contains("Added the user olga", audit, StringComparison.Ordinal);
        Assert.Contains("NormalizedEmail", await FirstActAsync(admin, await ChangedAsync(admin)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_module_switched_off_for_a_department_is_gone_there_and_only_there_at_the_next_request()
    {
        var north = await _people.DepartmentAsync("North");
        var south = await _people.DepartmentAsync("South");
        await _people.UserAsync("per", ReadyRoles.Sales, north);
        await _people.UserAsync("qi", ReadyRoles.Sales, south);
        using var admin = await Browser.SignedInAsync(host, "admin");
        using var per = await Browser.SignedInAsync(host, "per");
        using var qi = await Browser.SignedInAsync(host, "qi");
        Assert.Equal(HttpStatusCode.OK, (await per.GetAsync("/contacts/people")).StatusCode);

        using var off = await SwitchAsync(admin, north, on: false);
        Assert.Equal(HttpStatusCode.Redirect, off.StatusCode);
        using var gone = await per.GetAsync("/contacts/people");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Contains("Not available in your department", await gone.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await qi.GetAsync("/contacts/people")).StatusCode);

        using var on = await SwitchAsync(admin, north, on: true);
        Assert.Equal(HttpStatusCode.OK, (await per.GetAsync("/contacts/people")).StatusCode);
        using var never = await admin.PostAsync("/admin/modules", new() { ["Feature"] = "Crm.Admin", ["On"] = "false" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, never.StatusCode);
    }

    [Fact]
    public async Task Nonsense_is_answered_in_words_and_never_with_500()
    {
        using var admin = await Browser.SignedInAsync(host, "admin");
        foreach (var url in new[]
        {
            "/admin/users/zzz", $"/admin/users/{Guid.Empty}", $"/admin/roles/{Guid.Empty}", $"/admin/departments/{Guid.Empty}", $"/admin/audit/{Guid.Empty}",
            "/admin/audit?user=x&from=y&after=z", "/admin/audit?from=0001-01-01&to=9999-12-31", "/admin/audit?q=%25%27%00", "/admin/why?user=x&what=%00",
        })
        {
            var status = (await admin.GetAsync(url)).StatusCode;
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{url}: {status}");
        }

        foreach (var page in new[] { "/admin/users/new", "/admin/departments/new", "/admin/roles/new", "/admin/settings" })
        {
            using var answer = await admin.PostAsync(page, new()
            {
                ["Input.Name"] = new string('x', 5000), ["Input.Email"] = "\u0001", ["Input.Parent"] = "no", ["Input.Scope"] = "99", ["Input.Department"] = "??", ["Input.TimeZone"] = "Mars",
            });
            Assert.Equal((page, HttpStatusCode.UnprocessableEntity), (page, answer.StatusCode));
        }
    }

    private static async Task<string> ChangedAsync(Browser admin)
    {
        var users = await admin.ReadAsync("/admin/users?q=olga");
        var id = UserLink().Match(users).Groups["id"].Value;
        using var changed = await admin.PostAsync(
            $"/admin/users/{id}", new() { ["Input.Name"] = "Olga B", ["Input.Email"] = "olga.b@example.org", ["Input.Roles"] = ReadyRoles.Sales });
        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        return "Changed the user Olga B";
    }

    private static async Task<string> FirstActAsync(Browser admin, string what)
    {
        var audit = await admin.ReadAsync("/admin/audit?q=" + Uri.EscapeDataString(what));
        return await admin.ReadAsync("/admin/audit/" + ActLink().Match(audit).Groups["id"].Value);
    }

    private static Task<HttpResponseMessage> SwitchAsync(Browser admin, Guid department, bool on) => admin.PostAsync("/admin/modules", new()
    {
        ["Feature"] = "Crm.Contacts", ["Department"] = department.ToString(), ["On"] = on ? "true" : "false", ["WithOthers"] = "true",
    });

    private static Dictionary<string, string> New(string name, string password) => new()
    {
        ["Input.Name"] = name, ["Input.Email"] = $"{name}@example.org", ["Input.Password"] = password, ["Input.Roles"] = ReadyRoles.Sales,
    };

    [GeneratedRegex("data-href=\"/admin/users/(?<id>[0-9a-f-]{36})\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UserLink();

    [GeneratedRegex("<span class=\"muted\">(?<words>[^<]*)</span>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Words();

    [GeneratedRegex("data-href=\"/admin/audit/(?<id>[0-9a-f-]{36})\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ActLink();
}

/// <summary>On SQLite.</summary>
public sealed class AdminOnSqlite(SqliteHost host) : AdminTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class AdminOnPostgres(PostgresHost host) : AdminTests(host), IClassFixture<PostgresHost>;
