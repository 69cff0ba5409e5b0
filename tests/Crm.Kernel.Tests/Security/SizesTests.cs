using Crm.Abstractions.Security;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Crm.Kernel.Tests.Records;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Tests.Security;

/// <summary>By about how many records somebody sees a way of asking is chosen: the number may be a minute old, the rows never.</summary>
public abstract class SizesTests(CrmHost host)
{
    [Fact]
    [Trait("F", "15")]
    public async Task A_size_that_was_counted_before_hides_nothing_that_came_after_it()
    {
        var people = new People(host);
        var (me, other) = (await people.UserAsync("few" + Guid.CreateVersion7().ToString("N"), ReadyRoles.Sales), await people.UserAsync("fewer" + Guid.CreateVersion7().ToString("N"), ReadyRoles.Sales));
        await NoteAsync(me, "First");
        Assert.Equal(1, await NotesAsync(me));
        await NoteAsync(me, "Second");
        var shared = await NoteAsync(other, "Shared");
        Assert.Equal(2, await NotesAsync(me));
        await host.InAsync(async db =>
        {
            db.Add(new RecordShare { RecordId = shared, PrincipalId = me });
            await db.SaveChangesAsync();
        });
        Assert.Equal(3, await NotesAsync(me));
        await host.InAsync(async db =>
        {
            db.RemoveRange(await db.Set<RecordShare>().Where(s => s.RecordId == shared).ToListAsync());
            await db.SaveChangesAsync();
        });
        Assert.Equal(2, await NotesAsync(me));
    }

    [Fact]
    public async Task A_value_that_is_looked_for_in_a_list_is_not_asked_for_null() => await host.InAsync(db =>
    {
        List<Guid> owners = [Guid.CreateVersion7(), Guid.CreateVersion7()];
        var sql = db.Records.Where(r => owners.Contains(r.OwnerId!.Value)).ToQueryString();
        Assert.DoesNotContain("array_position", sql, StringComparison.Ordinal);
        Assert.DoesNotContain(" OR ", sql, StringComparison.Ordinal);
        return Task.CompletedTask;
    });

    private async Task<Guid> NoteAsync(Guid owner, string name)
    {
        var person = await host.MakeAsync(owner, "people", ("lastName", name));
        await host.AsAsync(owner, "notes", d => d.CreateAsync(new Dictionary<string, object?> { ["text"] = name }, person.Id, default));
        return person.Id;
    }

    private Task<int> NotesAsync(Guid user) => host.AsAsync(user, "notes", async d => (await d.ListAsync(new RecordQuery(), default)).Items.Count);
}

/// <summary>On SQLite.</summary>
public sealed class SizesOnSqlite(SqliteHost host) : SizesTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class SizesOnPostgres(PostgresHost host) : SizesTests(host), IClassFixture<PostgresHost>;
