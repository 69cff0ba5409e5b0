using Crm.Abstractions.Records;
using Crm.Abstractions.Search;
using Crm.Abstractions.Security;
using Crm.Kernel.Audit;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Timeline;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Data;

/// <summary>A save is one unit: record, spine, audit, timeline and search together or not at all.</summary>
public abstract class SavingTests(CrmHost host)
{
    [Fact]
    [Trait("F", "1")]
    public async Task What_was_saved_is_found_by_the_very_next_search()
    {
        var person = await AddAsync("person", ("firstName", "Žanete"), ("lastName", "Uzņēmuma"));
        Assert.Contains(person.Id, await FoundAsync("uznemuma"));
        Assert.Contains(person.Id, await FoundAsync("zanete"));
        await DoorAsync("person", d => d.UpdateAsync(person.Id, Values(("lastName", "Kalniņa")), person.Version, CancellationToken.None));
        Assert.DoesNotContain(person.Id, await FoundAsync("uznemuma"));
        Assert.Contains(person.Id, await FoundAsync("kalnina"));
    }

    [Fact]
    public async Task A_note_is_found_and_stands_in_the_timeline_and_the_audit()
    {
        var person = await AddAsync("person", ("firstName", "Anna"), ("lastName", "Noted"));
        var note = await AddAsync("note", ("about", person.Id), ("text", "采购订单自动审批流程 was discussed"));
        Assert.Contains(note.Id, await FoundAsync("审批"));
        await host.InAsync(async db =>
        {
            Assert.Equal(note.Id, (await db.Set<TimelineRow>().SingleAsync(t => t.RecordId == person.Id)).SourceId);
            var change = await db.Set<AuditChange>().SingleAsync(c => c.RecordId == note.Id);
            Assert.Equal("created", change.Action);
        });
    }

    [Fact]
    public async Task A_change_is_audited_with_before_and_after()
    {
        var person = await AddAsync("person", ("firstName", "Before"), ("lastName", "Change"));
        await DoorAsync("person", d => d.UpdateAsync(person.Id, Values(("firstName", "After")), null, CancellationToken.None));
        await host.InAsync(async db =>
        {
            var change = await db.Set<AuditChange>().SingleAsync(c => c.RecordId == person.Id && c.Action == "changed" && c.Entity == "Person");
            Assert.Contains("\"FirstName\":[\"Before\",\"After\"]", change.Changes, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_save_that_changes_nothing_makes_no_version()
    {
        var person = await AddAsync("person", ("firstName", "Same"), ("lastName", "Person"));
        var again = await DoorAsync("person", d => d.UpdateAsync(person.Id, Values(("firstName", "Same")), person.Version, CancellationToken.None));
        Assert.Equal(person.Version, again.Version);
    }

    [Fact]
    public async Task A_stale_save_is_refused_and_shows_the_present_state()
    {
        var person = await AddAsync("person", ("firstName", "First"), ("lastName", "Stale"));
        await DoorAsync("person", d => d.UpdateAsync(person.Id, Values(("firstName", "Second")), person.Version, CancellationToken.None));
        var stale = await Assert.ThrowsAsync<StaleRecord>(() =>
            DoorAsync("person", d => d.UpdateAsync(person.Id, Values(("firstName", "Third")), person.Version, CancellationToken.None)));
        Assert.Equal("Second", stale.Now.Values["firstName"]);
    }

    [Fact]
    public async Task A_unit_that_fails_leaves_nothing()
    {
        var before = await CountsAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.InAsync(db => db.WriteAsync(
            async ct =>
            {
                var type = host.Services.GetRequiredService<IRecordTypes>().Find("person")!;
                db.Add(MakePerson(type));
                await db.SaveChangesAsync(ct);
                throw new InvalidOperationException("after the flush");
            },
            CancellationToken.None)));
        Assert.Equal(before, await CountsAsync());
    }

    [Fact]
    public async Task What_is_in_the_bin_is_found_nowhere_until_it_is_restored()
    {
        var person = await AddAsync("person", ("firstName", "Binned"), ("lastName", "Quetzalcoatl"));
        var note = await AddAsync("note", ("about", person.Id), ("text", "quetzalnote"));
        await DoorAsync("person", async d => { await d.DeleteAsync(person.Id, null, CancellationToken.None); return 0; });
        Assert.Empty(await FoundAsync("quetzalcoatl"));
        Assert.Empty(await FoundAsync("quetzalnote"));
        Assert.Null(await DoorAsync("note", d => d.FindAsync(note.Id, CancellationToken.None)));
        await DoorAsync("person", async d => { await d.RestoreAsync(person.Id, CancellationToken.None); return 0; });
        Assert.Contains(person.Id, await FoundAsync("quetzalcoatl"));
        Assert.Contains(note.Id, await FoundAsync("quetzalnote"));
    }

    [Fact]
    [Trait("F", "12")]
    public async Task The_department_follows_the_owner_at_creation()
    {
        var people = new People(host);
        var department = await people.DepartmentAsync("Owners " + Guid.CreateVersion7());
        var owner = await people.UserAsync("owner" + Guid.CreateVersion7().ToString("N"), ReadyRoles.Sales, department);
        var person = await AddAsync("person", ("lastName", "Owned"), ("owner", owner));
        await host.InAsync(async db => Assert.Equal(department, (await db.Records.SingleAsync(r => r.Id == person.Id)).DepartmentId));
    }

    private static object MakePerson(RecordType type) =>
        type.GetType().GetMethod(nameof(RecordType<IRecord>.Create))!.Invoke(type, [null])!;

    private static Dictionary<string, object?> Values(params (string Name, object? Value)[] values) =>
        values.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);

    private Task<RecordView> AddAsync(string type, params (string Name, object? Value)[] values) =>
        DoorAsync(type, d => d.CreateAsync(Values(values), null, CancellationToken.None));

    private async Task<T> DoorAsync<T>(string type, Func<IRecordDoor, Task<T>> ask)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Crm.Kernel.Security.Actor>().IsSystem = true;
        var doors = scope.ServiceProvider.GetRequiredService<RecordDoors>();
        return await ask(doors.Of(host.Services.GetRequiredService<IRecordTypes>().Find(type)!));
    }

    private async Task<List<Guid>> FoundAsync(string text)
    {
        List<Guid> found = [];
        await host.InAsync(async db =>
        {
            await db.Database.OpenConnectionAsync();
            var kinds = new[] { "person", "note" };
            var page = await host.Services.GetRequiredService<ISearchIndex>().QueryAsync(
                db.Database.GetDbConnection(),
                null,
                new SearchQuery(text, kinds, kinds.ToDictionary(k => k, _ => (IReadOnlyList<string>?)null, StringComparer.Ordinal), null, null, null, 50, null, LastWordIsPrefix: false),
                CancellationToken.None);
            found = page.Matches.Select(m => m.Id).ToList();
        });
        return found;
    }

    private async Task<(int, int, int)> CountsAsync()
    {
        (int, int, int) counts = default;
        await host.InAsync(async db => counts = (await db.Records.CountAsync(), await db.Set<AuditAct>().CountAsync(), await db.Set<TimelineRow>().CountAsync()));
        return counts;
    }
}

/// <summary>On SQLite.</summary>
public sealed class SavingOnSqlite(SqliteHost host) : SavingTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class SavingOnPostgres(PostgresHost host) : SavingTests(host), IClassFixture<PostgresHost>;
