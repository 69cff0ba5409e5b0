using System.Net;
using Crm.Abstractions.Data;
using Crm.Abstractions.Security;
using Crm.Activities.Cadence;
using Crm.Kernel.Security;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Tests.Cadence;

/// <summary>Customers who change hands, departments and shares at random: each reader's list of overdue ones is what he sees of them, in order, however it is found.</summary>
public abstract class CadenceReadersTests(CrmHost host)
{
    private static readonly string[] _roles = [ReadyRoles.Sales, ReadyRoles.Sales, ReadyRoles.PeopleManager, ReadyRoles.Administrator, ReadyRoles.Service];
    private readonly Team _team = new(host);

    [Theory]
    [Trait("F", "27")]
    [Trait("F", "15")]
    [InlineData(31)]
    [InlineData(32)]
    public async Task Each_reader_finds_whom_he_sees_wherever_they_went(int seed)
    {
        var random = new Random(seed);
        var (people, now, tag) = (new People(host), TimeProvider.System.GetUtcNow(), $"t{Guid.CreateVersion7():N}");
        var boss = await _team.SalesAsync(ReadyRoles.Administrator);
        var above = await people.DepartmentAsync("Above " + tag);
        List<Guid> departments = [above, await people.DepartmentAsync("Below " + tag, above), await people.DepartmentAsync("Beside " + tag)];
        var readers = new List<(Guid Id, HttpClient Api)>();
        foreach (var role in _roles)
        {
            var id = await people.UserAsync($"u{Guid.CreateVersion7():N}", role, departments[random.Next(3)]);
            readers.Add((id, await host.ApiAsync(id)));
        }

        var rule = await Team.MadeAsync(boss.Api, "cadence-rules", new { name = tag, customers = "contact", atLeastDays = 10 });
        var began = new Dictionary<Guid, DateTimeOffset>();
        for (var i = 0; i < 24; i++)
        {
            var id = await Team.MadeAsync(boss.Api, i % 4 == 0 ? "organizations" : "people", i % 4 == 0 ? new { name = $"O{i}", tags = new[] { tag } } : new { firstName = $"P{i}", lastName = "Wandering", tags = new[] { tag } });
            await host.BeganAsync(id, began[id] = now.AddDays(-random.Next(1, 60)).AddMinutes(-i));
            await MoveAsync(random, id, readers, departments);
        }

        await host.PrepareAsync();
        var overdue = began.Where(b => b.Value < now.AddDays(-10)).OrderBy(b => b.Value).Select(b => b.Key).ToList();
        for (var turn = 0; turn < 3; turn++)
        {
            foreach (var reader in readers)
                await SameAsync(reader, rule, tag, overdue);
            foreach (var id in began.Keys.OrderBy(_ => random.Next()).Take(12))
                await MoveAsync(random, id, readers, departments);
        }

        Assert.Equal(HttpStatusCode.OK, (await Team.PatchAsync(boss.Api, "cadence-rules", rule, new { isActive = false })).Status);
    }

    private async Task SameAsync((Guid Id, HttpClient Api) reader, Guid rule, string tag, List<Guid> overdue)
    {
        var seen = (await Team.ListAsync(reader.Api, "contacts", $"tags eq \"{tag}\"", "createdAt&limit=200")).Select(c => c.GetProperty("id").GetGuid()).ToHashSet();
        // Others' tests leave customers behind, whom an administrator sees, too.
        Assert.Equal(overdue.Where(seen.Contains), (await host.ListAsync(reader.Id, rule, isOften: false, pageSize: 4)).Where(overdue.Contains));
        var mine = new HashSet<Guid>();
        await host.InAsync(async db =>
        {
            mine = [.. await db.Records.Where(r => r.OwnerId == reader.Id && seen.Contains(r.Id)).Select(r => r.Id).ToListAsync()];
            Assert.False(await db.Set<ContactMark>().AnyAsync(m => db.Records.Any(r => r.Id == m.RecordId && (r.OwnerId != m.OwnerId || r.DepartmentId != m.DepartmentId))));
        });
        Assert.Equal(overdue.Where(mine.Contains), await host.ListAsync(reader.Id, rule, isOften: false, pageSize: 2, isMine: true));
    }

    private Task MoveAsync(Random random, Guid id, List<(Guid Id, HttpClient Api)> readers, List<Guid> departments) => host.InAsync(db => db.WriteAsync(
        async ct =>
        {
            var record = await db.Records.AsTracking().FirstAsync(r => r.Id == id, ct);
            (record.OwnerId, record.DepartmentId) = (random.Next(4) == 0 ? null : readers[random.Next(readers.Count)].Id, random.Next(3) == 0 ? null : departments[random.Next(3)]);
            db.RemoveRange(await db.Set<RecordShare>().Where(s => s.RecordId == id).ToListAsync(ct));
            if (random.Next(3) == 0)
                db.Add(new RecordShare { RecordId = id, PrincipalId = random.Next(2) == 0 ? readers[random.Next(readers.Count)].Id : departments[random.Next(3)] });
            await db.SaveChangesAsync(ct);
        },
        default));
}

/// <summary>On SQLite.</summary>
public sealed class CadenceReadersOnSqlite(SqliteHost host) : CadenceReadersTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class CadenceReadersOnPostgres(PostgresHost host) : CadenceReadersTests(host), IClassFixture<PostgresHost>;
