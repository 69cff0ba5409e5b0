using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Audit;
using Crm.Kernel.CustomFields;
using Crm.Kernel.Records;
using Crm.Kernel.Tests.Records;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.CustomFields;

/// <summary>What happens to fields over time, and who has them.</summary>
public abstract class CustomFieldLifeTests(CrmHost host)
{
    private readonly People _people = new(host);

    [Fact]
    public async Task A_retired_field_is_nowhere_and_comes_back_with_its_values()
    {
        var me = await _people.AdministratorAsync();
        var field = await host.FieldAsync("person", FieldKind.Text, "Ship name", f => f with { IsListed = true });
        Assert.Equal("shipName", field.Name);
        var made = await host.MakeAsync(me, "people", ("lastName", "Retired"), ("shipName", "Bo"));
        await host.RetireAsync(field, true);
        using var api = await host.ApiAsync(me);
        Assert.DoesNotContain("shipName", await api.GetStringAsync(Uri($"people/{made.Id}")), StringComparison.Ordinal);
        Assert.DoesNotContain("shipName", await api.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await api.GetAsync(Uri("people?filter=shipName eq Bo"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await api.GetAsync(Uri("people?sort=shipName"))).StatusCode);
        await Assert.ThrowsAsync<RuleViolation>(() => host.MakeAsync(me, "people", ("lastName", "x"), ("shipName", "y")));
        using var browser = await Browser.SignedInAsync(host, "admin");
        Assert.DoesNotContain("Ship name", await browser.ReadAsync("/contacts/people/new"), StringComparison.Ordinal);
        // An edit of something else loses nothing of it.
        await host.AsAsync(me, "people", d => d.UpdateAsync(made.Id, new Dictionary<string, object?> { ["firstName"] = "Ann" }, null, CancellationToken.None));
        await Assert.ThrowsAsync<RuleViolation>(() => host.FieldAsync("person", FieldKind.Number, "x", f => f with { Name = "shipName" }));

        await host.RetireAsync(field, false);
        Assert.Equal("Bo", (await host.AsAsync(me, "people", d => d.FindAsync(made.Id, CancellationToken.None)))!.Values["shipName"]);
        Assert.Contains("Ship name", await browser.ReadAsync("/contacts/people/new"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_label_and_an_option_are_renamed_and_an_option_retired_without_loss()
    {
        var me = await _people.AdministratorAsync();
        var field = await host.FieldAsync("person", FieldKind.OneOf, "Grade", f => f with { Options = FieldRoom.Options("Gold", "Silver", "金") });
        Assert.Equal(["gold", "silver", "option3"], field.ReadOptions().Select(o => o.Value));
        var made = await host.MakeAsync(me, "people", ("lastName", "Renamed"), ("grade", "gold"));
        await host.ChangeAsync(field, f => f with { Label = "Class", Options = [new("gold", "Platinum") { IsRetired = true }, new("silver", "Silver")] });
        using var browser = await Browser.SignedInAsync(host, "admin");
        var page = await browser.ReadAsync(made.Url);
        Assert.Contains("Class", page, StringComparison.Ordinal);
        Assert.Contains("Platinum", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Platinum", await browser.ReadAsync("/contacts/people/new"), StringComparison.Ordinal);
        await Assert.ThrowsAsync<RuleViolation>(() => host.MakeAsync(me, "people", ("lastName", "x"), ("grade", "gold")));
        await host.AsAsync(me, "people", d => d.UpdateAsync(made.Id, new Dictionary<string, object?> { ["grade"] = "gold", ["firstName"] = "Same" }, null, CancellationToken.None));
        Assert.Equal(["Renamed"], (await host.AsAsync(me, "people", d => d.ListAsync(new RecordQuery("grade eq gold", null, 10, null, null), CancellationToken.None))).Items.Select(i => (string)i.Values["lastName"]!));
    }

    [Fact]
    public async Task A_field_of_a_department_is_there_for_its_users_and_those_below_and_for_nobody_else()
    {
        var north = await _people.DepartmentAsync($"North {Guid.CreateVersion7():N}");
        var below = await _people.DepartmentAsync($"Below {Guid.CreateVersion7():N}", north);
        var other = await _people.DepartmentAsync($"Other {Guid.CreateVersion7():N}");
        var (inside, outside) = (await _people.UserAsync($"in{Guid.CreateVersion7():N}", ReadyRoles.Administrator, below), await _people.UserAsync($"out{Guid.CreateVersion7():N}", ReadyRoles.Administrator, other));
        await host.FieldAsync("person", FieldKind.Text, "Northern sign", f => f with { Departments = [north], IsRequired = true, IsSearchable = true });
        var name = $"dept{Guid.CreateVersion7():N}";
        var secret = $"sign{Guid.CreateVersion7():N}";
        var made = await host.MakeAsync(inside, "people", ("lastName", name), ("northernSign", secret));
        await Assert.ThrowsAsync<RuleViolation>(() => host.MakeAsync(inside, "people", ("lastName", "x")));

        await host.MakeAsync(outside, "people", ("lastName", "free of it"));
        using var api = await host.ApiAsync(outside);
        Assert.DoesNotContain(secret, await api.GetStringAsync(Uri($"people/{made.Id}")), StringComparison.Ordinal);
        Assert.DoesNotContain("northernSign", await api.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)), StringComparison.Ordinal);
        foreach (var question in new[] { "people?filter=northernSign is not null", "people?sort=northernSign", "people?fields=northernSign" })
            Assert.Equal((question, HttpStatusCode.BadRequest), (question, (await api.GetAsync(Uri(question))).StatusCode));
        Assert.DoesNotContain(made.Id.ToString(), await api.GetStringAsync(Uri($"search?q={secret}")), StringComparison.Ordinal);
        await Assert.ThrowsAsync<RuleViolation>(() => host.AsAsync(outside, "people", d => d.UpdateAsync(made.Id, new Dictionary<string, object?> { ["northernSign"] = "x" }, null, CancellationToken.None)));
        using var mine = await host.ApiAsync(inside);
        Assert.Contains(secret, await mine.GetStringAsync(Uri($"people/{made.Id}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_search_may_know_of_a_field_follows_what_is_said_of_it_later()
    {
        var room = await _people.DepartmentAsync($"Room {Guid.CreateVersion7():N}");
        var me = await _people.AdministratorAsync();
        var field = await host.FieldAsync("person", FieldKind.Text, "Health remark", f => f with { IsSearchable = true });
        var word = $"w{Guid.CreateVersion7():N}";
        var made = await host.MakeAsync(me, "people", ("lastName", "Healthy"), ("healthRemark", word));
        using var api = await host.ApiAsync(me);
        async Task<bool> FoundAsync() => (await api.GetStringAsync(Uri($"search?q={word}"))).Contains(made.Id.ToString(), StringComparison.Ordinal);
        Assert.True(await FoundAsync());

        await SaidAsync(f => f with { IsSearchable = true, Departments = [room] });
        Assert.False(await FoundAsync());
        await SaidAsync(f => f with { IsSearchable = true });
        Assert.True(await FoundAsync());
        await host.RetireAsync(field, true);
        await host.Services.GetRequiredService<CustomFieldWork>().RunAsync(CancellationToken.None);
        Assert.False(await FoundAsync());

        async Task SaidAsync(Func<CustomFieldFields, CustomFieldFields> change)
        {
            await host.ChangeAsync(field, change);
            await host.Services.GetRequiredService<CustomFieldWork>().RunAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task Of_many_who_claim_a_unique_value_at_once_one_gets_it()
    {
        var me = await _people.AdministratorAsync();
        var field = await host.FieldAsync("person", FieldKind.Text, "Badge", f => f with { IsUnique = true });
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => TryAsync(me, i % 2 == 0 ? "B-7" : "b-7")));
        Assert.Equal(1, results.Count(r => r is null));
        Assert.All(results.OfType<RuleViolation>(), r => Assert.Contains("badge", r.Errors.Keys));
        // The rule can be taken away, and is not given back while two share a value.
        await host.ChangeAsync(field, f => f with { IsUnique = false });
        Assert.Null(await TryAsync(me, "B-7"));
        var refused = await Assert.ThrowsAsync<RuleViolation>(() => host.ChangeAsync(field, f => f with { IsUnique = true }));
        Assert.Contains("isUnique", refused.Errors.Keys);
        await host.RetireAsync(field, true);
    }

    [Fact]
    public async Task A_change_is_in_the_history_under_its_label_and_each_act_on_a_field_in_the_audit()
    {
        var me = await _people.AdministratorAsync();
        var field = await host.FieldAsync("person", FieldKind.Money, "Budget");
        var made = await host.MakeAsync(me, "people", ("lastName", "Audited"), ("budget", new Money(1.5m, "EUR")));
        await host.AsAsync(me, "people", d => d.UpdateAsync(made.Id, new Dictionary<string, object?> { ["budget"] = new Money(2m, "USD") }, null, CancellationToken.None));
        using var browser = await Browser.SignedInAsync(host, "admin");
        var history = WebUtility.HtmlDecode(await browser.PieceAsync($"{made.Url}/history"));
        Assert.Contains("Budget changed from 1.50 EUR to 2.00 USD", history, StringComparison.Ordinal);
        await host.RetireAsync(field, true);
        Assert.DoesNotContain("2.00 USD", await browser.PieceAsync($"{made.Url}/history"), StringComparison.Ordinal);
        await host.InAsync(async db => Assert.Equal(2, await db.Set<AuditAct>().CountAsync(a => a.What.Contains("the field Budget"))));
    }

    [Fact]
    public async Task A_formula_follows_what_it_reads_and_reaches_what_is_there_already()
    {
        var me = await _people.AdministratorAsync();
        await host.FieldAsync("person", FieldKind.Number, "Points");
        var early = await host.MakeAsync(me, "people", ("lastName", "Early"), ("points", 4m));
        await host.FieldAsync("person", FieldKind.Number, "Double points", f => f with { Formula = "points * 2" });
        await host.FieldAsync("person", FieldKind.Text, "Greeting", f => f with { Formula = "\"Dear \" & first(firstName, lastName)" });
        await host.Services.GetRequiredService<CustomFieldWork>().RunAsync(CancellationToken.None);
        var swept = (await host.AsAsync(me, "people", d => d.FindAsync(early.Id, CancellationToken.None)))!;
        Assert.Equal((8m, "Dear Early", early.Version), (swept.Values["doublePoints"], swept.Values["greeting"], swept.Version));
        var changed = await host.AsAsync(me, "people", d => d.UpdateAsync(early.Id, new Dictionary<string, object?> { ["points"] = 10m }, null, CancellationToken.None));
        Assert.Equal(20m, changed.Values["doublePoints"]);
        changed = await host.AsAsync(me, "people", d => d.UpdateAsync(early.Id, new Dictionary<string, object?> { ["firstName"] = "Eve" }, null, CancellationToken.None));
        Assert.Equal("Dear Eve", changed.Values["greeting"]);
        Assert.Contains(early.Id, (await host.AsAsync(me, "people", d => d.ListAsync(new RecordQuery("doublePoints ge 20", "-doublePoints", 10, null, null), CancellationToken.None))).Items.Select(i => i.Id));
        await Assert.ThrowsAsync<RuleViolation>(() => host.AsAsync(me, "people", d => d.UpdateAsync(early.Id, new Dictionary<string, object?> { ["doublePoints"] = 1m }, null, CancellationToken.None)));
        foreach (var bad in new[] { "points +", "nothing * 2", "doublePoints + 1", "\"text\"" })
            Assert.Contains("formula", (await Assert.ThrowsAsync<RuleViolation>(() => host.FieldAsync("person", FieldKind.Number, "Bad", f => f with { Formula = bad }))).Errors.Keys);
    }

    [Fact]
    public async Task A_built_in_field_made_obligatory_is_asked_of_new_records_and_leaves_old_ones_alone()
    {
        var me = await _people.AdministratorAsync();
        var old = await host.MakeAsync(me, "people", ("lastName", "Older"));
        await RequireAsync("jobTitle");
        try
        {
            Assert.Contains("jobTitle", (await Assert.ThrowsAsync<RuleViolation>(() => host.MakeAsync(me, "people", ("lastName", "Newer")))).Errors.Keys);
            await host.AsAsync(me, "people", d => d.UpdateAsync(old.Id, new Dictionary<string, object?> { ["firstName"] = "Still" }, null, CancellationToken.None));
            await host.MakeAsync(me, "people", ("lastName", "Newer"), ("jobTitle", "Mate"));
        }
        finally
        {
            await RequireAsync();
        }

        await host.MakeAsync(me, "people", ("lastName", "Newer"));
    }

    [Theory]
    [InlineData("__proto__")]
    [InlineData("constructor")]
    [InlineData("lastName")]
    [InlineData("id")]
    [InlineData("Big")]
    [InlineData("a b")]
    [InlineData("x');drop")]
    public async Task A_name_that_means_something_else_is_refused(string name) =>
        Assert.Contains("name", (await Assert.ThrowsAsync<RuleViolation>(() => host.FieldAsync("person", FieldKind.Text, "Label", f => f with { Name = name }))).Errors.Keys);

    [Fact]
    public async Task A_label_is_words_whatever_stands_in_it()
    {
        var field = await host.FieldAsync("person", FieldKind.Text, "'); DROP TABLE core_record; -- <script>alert(1)</script>", f => f with { IsUnique = true, IsListed = true });
        Assert.Equal("dropTableCoreRecordScriptAlert1Scrip", field.Name);
        using var browser = await Browser.SignedInAsync(host, "admin");
        Assert.DoesNotContain("<script>alert", await browser.ReadAsync("/contacts/people/new"), StringComparison.Ordinal);
        await host.RetireAsync(field, true);
    }

    private async Task<Exception?> TryAsync(Guid me, string badge)
    {
        try
        {
            await host.MakeAsync(me, "people", ("lastName", "Claims"), ("badge", badge));
            return null;
        }
        catch (RuleViolation refused)
        {
            return refused;
        }
    }

    private Task RequireAsync(params string[] names) => host.DoAsync<RequireField, bool>(async v =>
    {
        await v.RunAsync("person", names, CancellationToken.None);
        return true;
    });

    private static Uri Uri(string path) => new("/api/v1/" + path, UriKind.Relative);
}

/// <summary>On SQLite.</summary>
public sealed class CustomFieldLifeOnSqlite(SqliteHost host) : CustomFieldLifeTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class CustomFieldLifeOnPostgres(PostgresHost host) : CustomFieldLifeTests(host), IClassFixture<PostgresHost>;
