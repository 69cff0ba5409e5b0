using System.Net;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Audit;
using Crm.Kernel.Bulk;
using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Crm.Kernel.Tests.CustomFields;
using Crm.Kernel.Users;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Users;

/// <summary>The verbs about people, departments, roles and switches.</summary>
public abstract class UserVerbTests(CrmHost host)
{
    private readonly People _people = new(host);

    [Fact]
    public async Task An_empty_department_and_an_unused_role_can_be_removed_and_others_say_what_holds_them()
    {
        var (kept, empty) = (await _people.DepartmentAsync("Kept"), await _people.DepartmentAsync("Empty"));
        await _people.UserAsync("dora", ReadyRoles.Sales, kept);
        var held = await Assert.ThrowsAsync<RuleViolation>(() => RunAsync<RemoveDepartment>(v => v.RunAsync(kept, default)));
        Assert.Contains("1 users belong", held.Message, StringComparison.Ordinal);
        await RunAsync<RemoveDepartment>(v => v.RunAsync(empty, default));
        Guid sales = default, unused = default;
        await RunAsync<AddRole>(async v => unused = (await v.RunAsync(new RoleFields("Unused", RoleScope.Own, []), default)).Id);
        await host.InAsync(async db => sales = (await db.Set<Role>().FirstAsync(r => r.Name == ReadyRoles.Sales)).Id);
        await Assert.ThrowsAsync<RuleViolation>(() => RunAsync<RemoveRole>(v => v.RunAsync(sales, default)));
        await RunAsync<RemoveRole>(v => v.RunAsync(unused, default));
        await host.InAsync(async db => Assert.False(await db.Set<Role>().AnyAsync(r => r.Id == unused) || await db.Set<Department>().AnyAsync(d => d.Id == empty)));
        using var admin = await Browser.SignedInAsync(host, "admin");
        using var refused = await admin.PostAsync($"/admin/departments/{kept}?handler=Remove", [], $"/admin/departments/{kept}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("1 users belong", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_controller_finds_the_audit_under_administration()
    {
        await _people.UserAsync("cora", ReadyRoles.Controller);
        using var browser = await Browser.SignedInAsync(host, "cora");
        Assert.Contains("href=\"/admin\"", await browser.ReadAsync("/"), StringComparison.Ordinal);
        var rooms = await browser.ReadAsync("/admin");
        Assert.Contains("/admin/audit", rooms, StringComparison.Ordinal);
        Assert.DoesNotContain("/admin/users", rooms, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deactivated_user_is_out_at_his_next_request_and_his_records_have_a_new_owner()
    {
        var going = await _people.UserAsync("karl", ReadyRoles.Sales);
        var staying = await _people.UserAsync("lena", ReadyRoles.Sales);
        var record = new Spine(Guid.CreateVersion7(), "person") { OwnerId = going, Title = "A customer" };
        await host.InAsync(async db =>
        {
            db.Add(record);
            db.Add(new RecordManager { RecordId = record.Id, UserId = going });
            await db.SaveChangesAsync();
        });
        using var browser = await Browser.SignedInAsync(host, "karl");
        using var api = await host.ApiAsync(going);

        Guid? act = null;
        await RunAsync<DisableUser>(async verb => act = await verb.RunAsync(going, staying, default));
        await host.Services.GetRequiredService<BulkRun>().FinishAsync(act!.Value, default);

        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/profile")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.GetAsync(new Uri("/api/v1/people", UriKind.Relative))).StatusCode);
        await host.InAsync(async db =>
        {
            Assert.Equal(staying, (await db.Records.FirstAsync(r => r.Id == record.Id)).OwnerId);
            Assert.Equal(staying, (await db.Set<RecordManager>().SingleAsync(m => m.RecordId == record.Id)).UserId);
            Assert.Equal("karl", (await db.Set<User>().FirstAsync(u => u.Id == going)).Name);
            Assert.True(await db.Set<AuditAct>().AnyAsync(a => a.What == "Handed over from karl to lena"));
        });
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        var admin = await _people.AdministratorAsync();
        await Assert.ThrowsAsync<RuleViolation>(() => RunAsync<DisableUser>(verb => verb.RunAsync(admin, null, default)));
        await Assert.ThrowsAsync<RuleViolation>(() =>
            RunAsync<ChangeUser>(verb => verb.RunAsync(admin, new UserFields { Roles = [ReadyRoles.Sales] }, default)));
        var second = await _people.UserAsync("second", ReadyRoles.Administrator);
        await RunAsync<DisableUser>(verb => verb.RunAsync(second, null, default));
    }

    [Fact]
    public async Task The_administrator_role_keeps_what_nobody_could_give_back()
    {
        var id = Guid.Empty;
        await host.InAsync(async db => id = await db.Set<Role>().Where(r => r.Name == ReadyRoles.Administrator).Select(r => r.Id).FirstAsync());
        var all = CorePermissions.All.Select(p => p.Name).ToList();
        await Assert.ThrowsAsync<RuleViolation>(() => RunAsync<ChangeRole>(verb =>
            verb.RunAsync(id, new RoleFields("Administrator", RoleScope.All, all.Where(p => p != "AdministerUsers").ToList()), default)));
        await RunAsync<ChangeRole>(verb => verb.RunAsync(id, new RoleFields("Administrator", RoleScope.All, all), default));
    }

    [Fact]
    public async Task What_was_taken_from_a_role_does_not_come_back_at_the_next_start()
    {
        var role = new Role();
        await RunAsync<AddRole>(async verb => role = await verb.RunAsync(new RoleFields("Čaļu draugs", RoleScope.Own, ["UseApi"]), default));
        Assert.Equal("calu-draugs", role.Name);
        await RunAsync<ChangeRole>(verb => verb.RunAsync(role.Id, new RoleFields("Čaļu draugs", RoleScope.Own, []), default));
        await host.InAsync(async db =>
        {
            var decided = await db.Set<RolePermission>().SingleAsync(p => p.RoleId == role.Id && p.Permission == "UseApi");
            Assert.False(decided.IsGranted);
        });
    }

    [Fact]
    public async Task A_department_never_stands_below_itself()
    {
        var top = await _people.DepartmentAsync("Top");
        var middle = await _people.DepartmentAsync("Middle", top);
        var wrong = await Assert.ThrowsAsync<RuleViolation>(() =>
            RunAsync<ChangeDepartment>(verb => verb.RunAsync(top, new DepartmentFields("Top", middle, false, ""), default)));
        Assert.Contains("parent", wrong.Errors.Keys);
        await RunAsync<ChangeDepartment>(verb => verb.RunAsync(middle, new DepartmentFields("Middle", null, true, "LV"), default));
    }

    [Fact]
    public async Task A_token_opens_the_api_and_no_page_and_its_use_is_noted()
    {
        var user = await _people.UserAsync("tora", ReadyRoles.Sales);
        using var client = await host.ApiAsync(user);
        foreach (var page in new[] { "/profile", "/profile/tokens", "/contacts/people", "/admin" })
            Assert.StartsWith("/login", (await client.GetAsync(new Uri(page, UriKind.Relative))).Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/openapi/v1.json", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/api/v1/people", UriKind.Relative))).StatusCode);
        for (var tries = 0; ; tries++)
        {
            DateTimeOffset? used = null;
            await host.InAsync(async db => used = (await db.Set<ApiToken>().SingleAsync(t => t.UserId == user)).LastUsedAt);
            if (used is not null)
                break;
            Assert.True(tries < 200, "Its use was not noted.");
            await Task.Delay(50);
        }
    }

    [Fact]
    public async Task Tokens_end_with_a_password_set_by_somebody_else_and_for_good_with_the_user()
    {
        var user = await _people.UserAsync("toms", ReadyRoles.Sales);
        var url = new Uri("/api/v1/people", UriKind.Relative);
        using var first = await host.ApiAsync(user);
        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync(url)).StatusCode);
        await RunAsync<ResetPassword>(v => v.RunAsync(user, People.Password + " anew", false, default));
        Assert.Equal(HttpStatusCode.Unauthorized, (await first.GetAsync(url)).StatusCode);
        using var second = await host.ApiAsync(user);
        Assert.Equal(HttpStatusCode.OK, (await second.GetAsync(url)).StatusCode);
        await RunAsync<DisableUser>(v => v.RunAsync(user, null, default));
        await RunAsync<EnableUser>(v => v.RunAsync(user, default));
        Assert.Equal(HttpStatusCode.Unauthorized, (await second.GetAsync(url)).StatusCode);
    }

    [Fact]
    public async Task An_administrator_ends_somebodys_token()
    {
        var user = await _people.UserAsync("tina", ReadyRoles.Sales);
        using var client = await host.ApiAsync(user);
        Guid token = default;
        await host.InAsync(async db => token = (await db.Set<ApiToken>().SingleAsync(t => t.UserId == user)).Id);
        using var admin = await Browser.SignedInAsync(host, "admin");
        using var ended = await admin.PostAsync($"/admin/users/{user}?handler=Revoke", new() { ["token"] = token.ToString() }, $"/admin/users/{user}");
        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri("/api/v1/people", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task A_department_that_a_field_is_kept_to_is_not_removed()
    {
        var kept = await _people.DepartmentAsync("Salaries");
        await host.FieldAsync("person", FieldKind.Text, "Salary class", f => f with { Departments = [kept] });
        var held = await Assert.ThrowsAsync<RuleViolation>(() => RunAsync<RemoveDepartment>(v => v.RunAsync(kept, default)));
        Assert.Contains("Salary class", held.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_kept_as_a_hash_and_ends_when_told()
    {
        var user = await _people.UserAsync("mara", ReadyRoles.Sales);
        var token = "";
        await RunAsync<MakeToken>(async verb => token = await verb.RunAsync(user, "script", "read", null, default));
        using var client = host.Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var url = new Uri("/api/v1/people", UriKind.Relative);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(url)).StatusCode);
        await host.InAsync(async db =>
        {
            var row = await db.Set<ApiToken>().SingleAsync(t => t.UserId == user);
            await Assert.ThrowsAsync<Kernel.Records.RecordMissing>(() => RunAsync<RevokeToken>(verb => verb.RunAsync(row.Id, Guid.CreateVersion7(), default)));
            await RunAsync<RevokeToken>(verb => verb.RunAsync(row.Id, user, default));
        });
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(url)).StatusCode);
    }

    private async Task RunAsync<T>(Func<T, Task> act)
        where T : notnull
    {
        await using var scope = host.Services.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<Actor>();
        (actor.IsSystem, actor.Door) = (true, "command");
        await act(scope.ServiceProvider.GetRequiredService<T>());
    }
}

/// <summary>On SQLite.</summary>
public sealed class UserVerbsOnSqlite(SqliteHost host) : UserVerbTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class UserVerbsOnPostgres(PostgresHost host) : UserVerbTests(host), IClassFixture<PostgresHost>;
