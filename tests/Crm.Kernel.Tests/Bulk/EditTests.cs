using System.Text.Json;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Audit;
using Crm.Kernel.Bulk;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Crm.Kernel.Users;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Bulk;

/// <summary>Bulk edits: one act each, by the rights of who asked, resumed, stopped and undone.</summary>
public abstract class EditTests(CrmHost host)
{
    private readonly People _people = new(host);

    [Fact]
    public async Task An_edit_of_all_that_match_is_one_act_and_goes_back_where_nobody_was_since()
    {
        var admin = await _people.AdministratorAsync();
        var name = Name();
        var ids = await AddAsync(name, 7, admin);
        var act = await BeginAsync(admin, new EditTold("person", "set", "jobTitle", Value("jobTitle", "Chief"), null, $"lastName eq \"{name}\""));
        act = await FinishAsync(act);
        Assert.Equal((BulkState.Done, 7, 0), (act.State, act.Done, act.Failed));
        await host.InAsync(async db =>
        {
            Assert.Equal(7, await db.Set<AuditChange>().CountAsync(c => c.ActId == act.ActId && c.Entity == "Person"));
            Assert.Equal(admin, (await db.Set<AuditAct>().SingleAsync(a => a.Id == act.ActId)).UserId);
        });
        Assert.Equal(7, await CountAsync("jobTitle eq \"Chief\" and lastName eq \"" + name + "\""));

        await DoorAsync(admin, door => door.UpdateAsync(ids[0], new Dictionary<string, object?> { ["jobTitle"] = "Queen" }, null, default));
        var undo = await UndoAsync(admin, act.Id);
        Assert.Equal((BulkState.Done, 6, 1), (undo.State, undo.Done, undo.Failed));
        Assert.Equal(0, await CountAsync("jobTitle eq \"Chief\" and lastName eq \"" + name + "\""));
        Assert.Equal(1, await CountAsync("jobTitle eq \"Queen\" and lastName eq \"" + name + "\""));
        await host.InAsync(async db =>
        {
            Assert.Equal(BulkState.Undone, (await db.Set<BulkAct>().SingleAsync(a => a.Id == act.Id)).State);
            Assert.Contains("Somebody changed it since", (await db.Set<BulkRow>().SingleAsync(r => r.BulkId == undo.Id && r.Reason != null)).Reason, StringComparison.Ordinal);
        });
        await Assert.ThrowsAsync<RuleViolation>(() => UndoAsync(admin, act.Id));
    }

    [Fact]
    public async Task What_was_deleted_tagged_shared_or_handed_over_in_bulk_comes_back()
    {
        var admin = await _people.AdministratorAsync();
        var heir = await _people.UserAsync("heir" + Name(), ReadyRoles.Sales);
        var name = Name();
        var ids = await AddAsync(name, 3, admin);
        var edits = new (string Act, string? Name, Dictionary<string, JsonElement> Values)[]
        {
            ("delete", null, []), ("tag", "tags", Value("tags", "Fair")), ("do", "hand-over", Value("owner", heir)), ("do", "add-manager", Value("user", heir)), ("do", "share", Value("user", heir)),
        };
        foreach (var (what, verb, values) in edits)
        {
            var before = await StateAsync(ids);
            var done = await FinishAsync(await BeginAsync(admin, new EditTold("person", what, verb, values, ids, null)));
            Assert.Equal((BulkState.Done, 3, 0), (done.State, done.Done, done.Failed));
            Assert.NotEqual(before, await StateAsync(ids));
            Assert.Equal((BulkState.Done, 0), await UndoAsync(admin, done.Id) is var undone ? (undone.State, undone.Failed) : default);
            Assert.Equal(before, await StateAsync(ids));
        }
    }

    [Fact]
    public async Task Rows_that_refuse_are_named_and_the_rest_is_done()
    {
        var name = Name();
        var (admin, seller) = (await _people.AdministratorAsync(), await _people.UserAsync("seller" + Name(), ReadyRoles.Sales));
        var mine = await AddAsync(name, 2, seller);
        var others = await AddAsync(name, 2, admin);
        var act = await FinishAsync(await BeginAsync(seller, new EditTold("person", "set", "birthday", Value("birthday", "1980-02-03"), [.. mine, .. others], null)));
        Assert.Equal((BulkState.Done, 2, 2), (act.State, act.Done, act.Failed));
        // A day that breaks the record's own rule is refused when it was written already: the others are done all the same.
        act = await FinishAsync(await BeginAsync(seller, new EditTold("person", "set", "birthday", Value("birthday", "2999-01-01"), mine, null)));
        Assert.Equal((BulkState.Done, 0, 2), (act.State, act.Done, act.Failed));
        await host.InAsync(async db => Assert.All(await db.Set<BulkRow>().Where(r => r.BulkId == act.Id).ToListAsync(), r => Assert.False(string.IsNullOrEmpty(r.Reason))));
    }

    [Fact]
    public async Task Who_is_deactivated_meanwhile_ends_his_act_and_another_may_let_it_go_on()
    {
        var name = Name();
        var user = "gone" + Name();
        var (admin, seller) = (await _people.AdministratorAsync(), await _people.UserAsync(user, ReadyRoles.Sales));
        var ids = await AddAsync(name, 6, seller);
        var act = await BeginAsync(seller, new EditTold("person", "set", "jobTitle", Value("jobTitle", "Cook"), ids, null));
        await host.Services.GetRequiredService<BulkRun>().WorkAsync(act.Id, TimeSpan.Zero, default);
        await host.InAsync(async db =>
        {
            (await db.Set<User>().FirstAsync(u => u.Id == seller)).DisabledAt = TimeProvider.System.GetUtcNow();
            await db.SaveChangesAsync();
        });
        act = await FinishAsync(act);
        Assert.Equal((BulkState.Stopped, "Who asked for it is deactivated.", 2), (act.State, act.Reason, act.Done));
        await BulkAsync(admin, bulk => bulk.ResumeAsync(act.Id, default));
        act = await FinishAsync(act);
        Assert.Equal((BulkState.Done, 6), (act.State, act.Done));
        Assert.Equal(6, await CountAsync("jobTitle eq \"Cook\" and lastName eq \"" + name + "\""));
    }

    [Fact]
    public async Task What_a_filter_chose_for_one_is_not_chosen_anew_for_who_lets_it_go_on()
    {
        var name = Name();
        var (admin, seller) = (await _people.AdministratorAsync(), await _people.UserAsync("own" + Name(), ReadyRoles.Sales));
        await AddAsync(name, 3, seller);
        await AddAsync(name, 3, admin);
        var act = await BeginAsync(seller, new EditTold("person", "set", "jobTitle", Value("jobTitle", "Chosen"), null, $"lastName eq \"{name}\""));
        await BulkAsync(admin, bulk => bulk.StopAsync(act.Id, default));
        await BulkAsync(admin, bulk => bulk.ResumeAsync(act.Id, default));
        act = await FinishAsync(act);
        Assert.Equal((BulkState.Done, 3), (act.State, act.Done));
        Assert.Equal(3, await CountAsync($"lastName eq \"{name}\" and jobTitle eq \"Chosen\""));
    }

    [Fact]
    public async Task Two_nodes_never_do_a_chunk_twice_and_one_takes_over_what_the_other_left()
    {
        var admin = await _people.AdministratorAsync();
        var ids = await AddAsync(Name(), 8, admin);
        var act = await BeginAsync(admin, new EditTold("person", "set", "jobTitle", Value("jobTitle", "Twin"), ids, null));
        var nodes = Enumerable.Range(0, 2).Select(_ => ActivatorUtilities.CreateInstance<BulkRun>(host.Services)).ToList();
        Assert.True(await nodes[0].WorkAsync(act.Id, TimeSpan.Zero, default));
        await using (var scope = host.Services.CreateAsyncScope())
        {
            // One database file has one server: there whoever asks is who is left.
            var isSqlite = scope.ServiceProvider.GetRequiredService<KernelDb>().IsSqlite;
            Assert.Equal(isSqlite, await nodes[1].WorkAsync(act.Id, TimeSpan.Zero, default));
        }

        await host.InAsync(async db =>
        {
            (await db.Set<BulkAct>().FirstAsync(a => a.Id == act.Id)).LeaseUntil = TimeProvider.System.GetUtcNow().AddMinutes(-1);
            await db.SaveChangesAsync();
        });
        await Task.WhenAll(nodes.Select(async n =>
        {
            while (await n.WorkAsync(act.Id, TimeSpan.Zero, default))
                await Task.Yield();
        }));
        act = await FinishAsync(act);
        Assert.Equal((BulkState.Done, 8), (act.State, act.Done));
        await host.InAsync(async db => Assert.Equal(8, await db.Set<AuditChange>().CountAsync(c => c.ActId == act.ActId && c.Entity == "Person")));
    }

    [Fact]
    public async Task Nobody_sees_or_stops_somebody_elses_act()
    {
        var (admin, seller) = (await _people.AdministratorAsync(), await _people.UserAsync("other" + Name(), ReadyRoles.Sales));
        var act = await BeginAsync(admin, new EditTold("person", "delete", null, [], await AddAsync(Name(), 3, admin), null));
        await Assert.ThrowsAsync<RecordMissing>(() => BulkAsync(seller, bulk => bulk.StopAsync(act.Id, default)));
        await BulkAsync(admin, bulk => bulk.StopAsync(act.Id, default));
        Assert.Equal((BulkState.Stopped, 0), await FinishAsync(act) is var stopped ? (stopped.State, stopped.Done) : default);
    }

    private static string Name() => "B" + Guid.CreateVersion7().ToString("N")[20..];

    private static Dictionary<string, JsonElement> Value(string name, object value) => new() { [name] = JsonSerializer.SerializeToElement(value) };

    private async Task<List<Guid>> AddAsync(string name, int count, Guid owner)
    {
        var ids = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            await DoorAsync(null, async door => ids.Add((await door.CreateAsync(
                new Dictionary<string, object?> { ["firstName"] = $"Number{i}", ["lastName"] = name, ["owner"] = owner }, null, default)).Id));
        }

        return ids;
    }

    private async Task<string> StateAsync(List<Guid> ids)
    {
        var text = "";
        await host.InAsync(async db =>
        {
            var rows = await db.Records.Where(r => ids.Contains(r.Id)).OrderBy(r => r.Id).Select(r => new { r.Id, r.OwnerId, r.DepartmentId, IsGone = r.DeletedAt != null }).ToListAsync();
            var managers = await db.Set<RecordManager>().Where(m => ids.Contains(m.RecordId)).OrderBy(m => m.RecordId).Select(m => m.UserId).ToListAsync();
            var shares = await db.Set<RecordShare>().Where(m => ids.Contains(m.RecordId)).OrderBy(m => m.RecordId).Select(m => m.PrincipalId).ToListAsync();
            text = JsonSerializer.Serialize(new { rows, managers, shares });
        });
        foreach (var id in ids)
            await DoorAsync(null, async door => text += JsonSerializer.Serialize((await door.FindAsync(id, default))?.Values.GetValueOrDefault("tags")));
        return text;
    }

    private async Task<long> CountAsync(string filter)
    {
        long count = 0;
        await DoorAsync(null, async door => count = await door.CountAsync(filter, 100, default));
        return count;
    }

    private async Task<BulkAct> BeginAsync(Guid user, EditTold told)
    {
        BulkAct? act = null;
        await BulkAsync(user, async bulk => act = await bulk.BeginAsync(EditWork.Name, "Edited", told, null, default));
        return act!;
    }

    private async Task<BulkAct> UndoAsync(Guid user, Guid id)
    {
        BulkAct? undo = null;
        await BulkAsync(user, async bulk => undo = await bulk.UndoAsync(id, default));
        return await FinishAsync(undo!);
    }

    private Task<BulkAct> FinishAsync(BulkAct act) => host.Services.GetRequiredService<BulkRun>().FinishAsync(act.Id, default);

    private Task BulkAsync(Guid? user, Func<BulkDoor, Task> work) => ScopeAsync(user, s => work(s.GetRequiredService<BulkDoor>()));

    private Task DoorAsync(Guid? user, Func<IRecordDoor, Task> work) =>
        ScopeAsync(user, s => work(s.GetRequiredService<RecordDoors>().Of(s.GetRequiredService<RecordTypes>().Find("person")!)));

    private async Task ScopeAsync(Guid? user, Func<IServiceProvider, Task> work)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<Actor>();
        (actor.IsSystem, actor.UserId) = (user is null, user);
        await work(scope.ServiceProvider);
    }
}

/// <summary>On SQLite.</summary>
public sealed class EditsOnSqlite(SteppedSqliteHost host) : EditTests(host), IClassFixture<SteppedSqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class EditsOnPostgres(SteppedPostgresHost host) : EditTests(host), IClassFixture<SteppedPostgresHost>;
