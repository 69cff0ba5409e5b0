using System.Net;
using System.Text.Json;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.RecordPages;

/// <summary>The generic pages as people with different rights meet them, on real record types.</summary>
public abstract class RecordPagesTests(CrmHost host)
{
    private const string People = "/contacts/people";
    private static int _names;

    [Fact]
    public async Task What_is_added_by_the_form_is_in_the_list_on_its_page_in_search_and_in_the_file()
    {
        using var admin = await AdminAsync();
        var name = Name("Anna");
        var url = await AddAsync(admin, name);
        Assert.Contains(name, await admin.TextAsync($"{People}?q={name}"), StringComparison.Ordinal);
        Assert.Contains(name, await admin.TextAsync($"{People}?filter=lastName%20eq%20%22{name}%22"), StringComparison.Ordinal);
        Assert.Contains(name, await admin.TextAsync(url), StringComparison.Ordinal);
        Assert.Contains(url, await admin.TextAsync($"/search?q={name}"), StringComparison.Ordinal);
        Assert.Contains(url, await admin.TextAsync($"/search/suggest?q={name[..^1]}", fragment: true), StringComparison.Ordinal);
        Assert.Contains(name, await admin.TextAsync($"{People}/export?filter=lastName%20eq%20%22{name}%22&columns=lastName"), StringComparison.Ordinal);
        Assert.Contains(name, await admin.TextAsync($"/records/pick?kinds=person&q={name}"), StringComparison.Ordinal);
        Assert.Contains("Added it", await admin.TextAsync(url + "/history", fragment: true), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_lacks_the_permission_is_refused_and_who_may_not_see_the_row_finds_nothing()
    {
        using var admin = await AdminAsync();
        var name = Name("Secret");
        var url = await AddAsync(admin, name);
        using var customer = await UserAsync(ReadyRoles.Customer);
        using var sales = await UserAsync(ReadyRoles.Sales);
        foreach (var address in new[] { People, People + "/new", url, url + "/edit", url + "/timeline", url + "/history", url + "/field/lastName", People + "/export" })
            AssertDenied(await customer.GetAsync(address, fragment: true));
        foreach (var address in new[] { url, url + "/edit", url + "/timeline", url + "/history", url + "/field/lastName" })
            Assert.Equal(HttpStatusCode.NotFound, (await sales.GetAsync(address, fragment: true)).StatusCode);
        foreach (var address in new[] { $"{People}?q={name}", $"{People}?filter=lastName%20eq%20%22{name}%22", $"/records/pick?q={name}", $"/search/suggest?q={name}" })
            Assert.DoesNotContain(url, await sales.TextAsync(address), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await sales.PostAsync(url + "/edit", new() { ["lastName"] = "Taken", ["_was"] = "{}" }, fragment: true)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await sales.PostAsync(url + "/act/share", [], fragment: true)).StatusCode);
        Assert.Contains(name, await admin.TextAsync(url), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_form_loses_nothing_and_shows_theirs_beside_mine()
    {
        using var admin = await AdminAsync();
        var url = await AddAsync(admin, Name("Stale"));
        var before = await FormAsync(admin, url);
        await SaveAsync(admin, url, before, ("jobTitle", "Theirs"), ("suffix", "PhD"));
        var answer = await admin.PostAsync(url + "/edit", With(before, ("jobTitle", "Mine"), ("nickname", "Nick")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("value=\"Mine\"", page, StringComparison.Ordinal);
        Assert.Contains("Somebody else wrote: Theirs", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Nick\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"PhD\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_was_changed_is_saved_so_that_two_people_can_work_on_different_fields()
    {
        using var admin = await AdminAsync();
        var url = await AddAsync(admin, Name("Field"));
        await admin.PostAsync(url + "/field/jobTitle", new() { ["jobTitle"] = "Chair" }, fragment: true);
        await admin.PostAsync(url + "/field/suffix", new() { ["suffix"] = "PhD" }, fragment: true);
        var details = await admin.TextAsync(url);
        Assert.Contains("Chair", details, StringComparison.Ordinal);
        Assert.Contains("PhD", details, StringComparison.Ordinal);
        var history = WebUtility.HtmlDecode(await admin.TextAsync(url + "/history", fragment: true));
        Assert.Contains("Job title: “Chair”", history, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleting_is_undone_by_one_press()
    {
        using var admin = await AdminAsync();
        var url = await AddAsync(admin, Name("Bin"));
        Assert.Equal(HttpStatusCode.Redirect, (await admin.PostAsync(url + "/delete", [])).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync(url)).StatusCode);
        await admin.PostAsync(url + "/restore", [], fragment: true);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(url)).StatusCode);
    }

    [Fact]
    public async Task A_bulk_act_reaches_what_is_chosen_and_names_what_it_could_not()
    {
        using var admin = await AdminAsync();
        var url = await AddAsync(admin, Name("Bulk"));
        var id = url.Split('/')[^1];
        var answer = await admin.PostAsync(People + "/bulk", new() { ["id"] = id, ["act"] = "tag", ["tag"] = "Fair 2026" });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("Fair 2026", await admin.TextAsync(url), StringComparison.Ordinal);
        answer = await admin.PostAsync(People + "/bulk", new() { ["id"] = Guid.CreateVersion7().ToString(), ["act"] = "delete" });
        Assert.Contains("There is no such record.", await admin.TextAsync(answer.Headers.Location!.OriginalString), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_saved_view_is_its_owners_alone()
    {
        using var admin = await AdminAsync();
        using var sales = await UserAsync(ReadyRoles.Sales);
        var answer = await sales.PostAsync(People + "/views", new() { ["name"] = "My pets", ["filter"] = "owner eq me", ["everybody"] = "true" });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("My pets", await sales.TextAsync(People), StringComparison.Ordinal);
        Assert.DoesNotContain("My pets", await admin.TextAsync(People), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_module_is_off_its_pages_are_not_there()
    {
        using var admin = await AdminAsync();
        var url = await AddAsync(admin, Name("Off"));
        var department = await new People(host).DepartmentAsync(Name("Without contacts"));
        using var user = await UserAsync(ReadyRoles.Service, department);
        Assert.Equal(HttpStatusCode.OK, (await user.GetAsync(url)).StatusCode);
        await host.InAsync(async db =>
        {
            db.Add(new FeatureSwitch { Feature = "Crm.Contacts", DepartmentId = department, IsOn = false });
            await db.SaveChangesAsync();
        });
        await host.Services.GetRequiredService<ModuleSwitches>().ReloadAsync(default);
        Assert.Equal(HttpStatusCode.NotFound, (await user.GetAsync(url)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await user.GetAsync(People)).StatusCode);
        Assert.DoesNotContain(url, await user.TextAsync("/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?filter=nonsense")]
    [InlineData("?filter=owner+eq")]
    [InlineData("?filter=%00")]
    [InlineData("?sort=nothing")]
    [InlineData("?after=forged")]
    [InlineData("?columns=a,b,c&view=xyz")]
    [InlineData("?view=00000000-0000-0000-0000-000000000001")]
    [InlineData("?field=lastName&op=drop&value=%22")]
    [InlineData("?q=%22%22%22(((*")]
    [InlineData("/filter-field?field=nothing")]
    [InlineData("/export?filter=nonsense")]
    [InlineData("/0195e9d4-0000-7000-8000-000000000000/timeline?after=forged&person=x&since=-9999999999")]
    [InlineData("/0195e9d4-0000-7000-8000-000000000000/act/nothing")]
    public async Task Whatever_the_address_says_there_is_an_answer(string tail)
    {
        using var admin = await AdminAsync();
        Assert.InRange((int)(await admin.GetAsync(People + tail, fragment: true)).StatusCode, 200, 499);
        Assert.InRange((int)(await admin.GetAsync(People + tail)).StatusCode, 200, 499);
    }

    [Fact]
    public async Task Whatever_a_form_sends_there_is_an_answer()
    {
        using var admin = await AdminAsync();
        var url = await AddAsync(admin, Name("Hostile"));
        foreach (var form in new Dictionary<string, string>[]
        {
            new() { ["_was"] = "[1,2", ["lastName"] = "x" },
            new() { ["_was"] = "{\"lastName\":null}", ["lastName"] = new string('x', 5000) },
            new() { ["_version"] = "-1", ["birthday"] = "never", ["organization"] = "nobody" },
            new() { ["organization"] = Guid.CreateVersion7().ToString(), ["phones"] = "\0", ["phones.kind"] = "carrier pigeon" },
        })
            Assert.InRange((int)(await admin.PostAsync(url + "/edit", form)).StatusCode, 200, 499);
        Assert.InRange((int)(await admin.PostAsync(url + "/act/hand-over", new() { ["owner"] = "x" })).StatusCode, 400, 499);
        Assert.InRange((int)(await admin.PostAsync(People + "/bulk", new() { ["id"] = "x", ["act"] = "do:nothing" })).StatusCode, 400, 499);
    }

    private static void AssertDenied(HttpResponseMessage answer)
    {
        Assert.True(
            answer.StatusCode == HttpStatusCode.Forbidden || answer.Headers.Location?.PathAndQuery.StartsWith("/denied", StringComparison.Ordinal) == true,
            $"{answer.RequestMessage!.RequestUri} answered {(int)answer.StatusCode} {answer.Headers.Location}");
    }

    private static string Name(string stem) => $"{stem}{Interlocked.Increment(ref _names)}{Guid.CreateVersion7().ToString("N")[^6..]}";

    private Task<Browser> AdminAsync() => Browser.SignInAsync(host, "admin");

    private async Task<Browser> UserAsync(string role, Guid? department = null)
    {
        var name = Name(role);
        await new People(host).UserAsync(name, role, department);
        return await Browser.SignInAsync(host, name);
    }

    private static async Task<string> AddAsync(Browser browser, string name)
    {
        var answer = await browser.PostAsync(People + "/new", new() { ["firstName"] = "Test", ["lastName"] = name, ["_was"] = "{}" });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    private async Task<Dictionary<string, string>> FormAsync(Browser browser, string url)
    {
        var version = 0L;
        var id = Guid.Parse(url.Split('/')[^1]);
        await host.InAsync(async db => version = await db.Records.Where(r => r.Id == id).Select(r => r.Version).FirstAsync());
        var page = WebUtility.HtmlDecode(await browser.TextAsync(url + "/edit"));
        var start = page.IndexOf("name=\"_was\" value=\"", StringComparison.Ordinal) + 19;
        var was = page[start..page.IndexOf("\" />", start, StringComparison.Ordinal)];
        var fields = JsonSerializer.Deserialize<Dictionary<string, string[]>>(was)!;
        return new Dictionary<string, string>(fields.Where(f => f.Value.Length == 1).Select(f => KeyValuePair.Create(f.Key, f.Value[0]))) { ["_was"] = was, ["_version"] = $"{version}" };
    }

    private static Dictionary<string, string> With(Dictionary<string, string> form, params (string Name, string Value)[] changes)
    {
        var changed = new Dictionary<string, string>(form);
        foreach (var (name, value) in changes)
            changed[name] = value;
        return changed;
    }

    private static async Task SaveAsync(Browser browser, string url, Dictionary<string, string> form, params (string Name, string Value)[] changes) =>
        Assert.Equal(HttpStatusCode.Redirect, (await browser.PostAsync(url + "/edit", With(form, changes))).StatusCode);
}

/// <summary>On SQLite.</summary>
public sealed class RecordPagesOnSqlite(SqliteHost host) : RecordPagesTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class RecordPagesOnPostgres(PostgresHost host) : RecordPagesTests(host), IClassFixture<PostgresHost>;
