using System.Net;
using Crm.Abstractions.Security;
using Crm.Kernel.Audit;
using Crm.Kernel.Bulk;
using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Crm.Kernel.Users;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Security;

/// <summary>What is remembered of people and their rights holds until somebody changes it, and not one request longer.</summary>
public abstract class KnownPeopleTests(CrmHost host)
{
    private readonly People _people = new(host);

    [Fact]
    public async Task Whatever_rights_are_read_from_is_counted_when_it_is_made_changed_and_removed()
    {
        var user = await _people.UserAsync("malin", ReadyRoles.Sales);
        var department = new Department { Name = "Counted" };
        var role = new Role { Name = "Counted" };
        var audit = new AuditAct { What = "Counted" };
        var act = new BulkAct { Kind = "hand-over", ActId = audit.Id };
        await host.InAsync(db => SavedAsync(db, d => d.AddRange(audit, act)));
        await MadeChangedRemovedAsync(new User { Email = "m@example.org", NormalizedEmail = "M@EXAMPLE.ORG" }, u => u.Name = "Counted");
        await MadeChangedRemovedAsync(new ApiToken { UserId = user, Hash = [1] }, t => t.RevokedAt = DateTimeOffset.UnixEpoch);
        await MadeChangedRemovedAsync(new Heir { BulkId = act.Id, FromId = user, ToId = user }, null);
        await MadeChangedRemovedAsync(role, r => r.Scope = RoleScope.All, async () =>
        {
            await MadeChangedRemovedAsync(new RolePermission { RoleId = role.Id, Permission = "X" }, p => p.IsGranted = true);
            await MadeChangedRemovedAsync(new UserRole { RoleId = role.Id, UserId = user }, null);
        });
        await MadeChangedRemovedAsync(department, d => d.IsBranch = true, () =>
            MadeChangedRemovedAsync(new UserDepartment { DepartmentId = department.Id, UserId = user }, null));
    }

    [Fact]
    public async Task A_wrong_password_changes_nobodys_rights()
    {
        var id = await _people.UserAsync("pelle", ReadyRoles.Sales);
        Assert.False(await CountedAsync(db => db.Set<User>().First(u => u.Id == id).AccessFailedCount = 3));
    }

    [Fact]
    public async Task A_change_by_hand_in_the_database_takes_effect_at_the_next_request()
    {
        var id = await _people.UserAsync("rut", ReadyRoles.Sales);
        using var browser = await Browser.SignedInAsync(host, "rut");
        using var api = await host.ApiAsync(id);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/profile")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync(new Uri("/api/v1/search?q=x", UriKind.Relative))).StatusCode);
        await host.InAsync(db => db.Database.ExecuteSqlAsync($"UPDATE core_user SET disabled_at = created_at WHERE name = {"rut"}"));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/profile")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.GetAsync(new Uri("/api/v1/search?q=x", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Names_of_users_and_departments_and_hand_overs_that_run_are_of_the_request()
    {
        var (id, department) = (await _people.UserAsync("tora", ReadyRoles.Sales), await _people.DepartmentAsync("Before"));
        async Task<(string User, string Department, bool Runs)> NowAsync()
        {
            await using var scope = host.Services.CreateAsyncScope();
            var known = scope.ServiceProvider.GetRequiredService<KnownHere>();
            return ((await known.NamesAsync([id], CancellationToken.None))[id], (await known.DepartmentsAsync(CancellationToken.None))[department],
                (await known.HeirsAsync(CancellationToken.None)).Any(h => h.FromId == id));
        }

        Assert.Equal(("tora", "Before", false), await NowAsync());
        await using (var scope = host.Services.CreateAsyncScope())
            Assert.Single(await scope.ServiceProvider.GetRequiredService<IStaff>().NamesAsync([id, id], CancellationToken.None));
        var audit = new AuditAct { What = "Handed over" };
        var act = new BulkAct { Kind = "hand-over", ActId = audit.Id };
        await host.InAsync(db => SavedAsync(db, d => d.AddRange(audit, act)));
        var heir = new Heir { BulkId = act.Id, FromId = id, ToId = id };
        await host.InAsync(db => SavedAsync(db, d => d.Add(heir)));
        await host.InAsync(db => db.Database.ExecuteSqlAsync($"UPDATE core_department SET name = {"After"} WHERE name = {"Before"}"));
        await host.InAsync(db => db.Database.ExecuteSqlAsync($"UPDATE core_user SET name = {"Tora"} WHERE name = {"tora"}"));
        Assert.Equal(("Tora", "After", true), await NowAsync());
        await host.InAsync(db => SavedAsync(db, d => d.Remove(heir)));
        Assert.Equal(("Tora", "After", false), await NowAsync());
    }

    [Fact]
    public async Task What_a_unit_did_not_save_is_not_remembered()
    {
        var id = await _people.UserAsync("sune", ReadyRoles.Sales);
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.InAsync(db => db.WriteAsync(
            async ct =>
            {
                (await db.Set<User>().FirstAsync(u => u.Id == id, ct)).Name = "Somebody else";
                await db.SaveChangesAsync(ct);
                Assert.Equal("sune", (await RightsAsync(id)).Name);
                throw new InvalidOperationException("Given up.");
            },
            CancellationToken.None)));
        Assert.Equal("sune", (await RightsAsync(id)).Name);
        Assert.True(await CountedAsync(db => db.Set<User>().First(u => u.Id == id).Name = "Sune"));
        Assert.Equal("Sune", (await RightsAsync(id)).Name);
    }

    private async Task MadeChangedRemovedAsync<T>(T row, Action<T>? change, Func<Task>? between = null)
        where T : class
    {
        Assert.True(await CountedAsync(db => db.Add(row)), $"{typeof(T).Name} made");
        if (between is not null)
            await between();
        if (change is not null)
        {
            Assert.True(
                await CountedAsync(db =>
                {
                    db.Attach(row);
                    change(row);
                }),
                $"{typeof(T).Name} changed");
        }

        Assert.True(await CountedAsync(db => db.Remove(row)), $"{typeof(T).Name} removed");
    }

    private async Task<bool> CountedAsync(Action<KernelDb> change)
    {
        var options = host.Services.GetRequiredService<DatabaseOptions>();
        var before = await RightsVersion.ReadAsync(options, default);
        await host.InAsync(db => SavedAsync(db, change));
        return await RightsVersion.ReadAsync(options, default) > before;
    }

    private static async Task SavedAsync(KernelDb db, Action<KernelDb> change)
    {
        change(db);
        await db.SaveChangesAsync();
    }

    private async Task<Rights> RightsAsync(Guid user)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().UserId = user;
        return await scope.ServiceProvider.GetRequiredService<ICurrentUser>().RightsAsync(default);
    }
}

/// <summary>On SQLite.</summary>
public sealed class KnownPeopleOnSqlite(SqliteHost host) : KnownPeopleTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class KnownPeopleOnPostgres(PostgresHost host) : KnownPeopleTests(host), IClassFixture<PostgresHost>;
