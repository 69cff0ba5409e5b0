using Crm.Abstractions.Security;
using Crm.Kernel.Bulk;
using Crm.Kernel.Security;
using Crm.Kernel.Tests.Security;
using Crm.Kernel.Users;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Bulk;

/// <summary>From its first moment a hand-over's heir is the owner by right, however few rows have moved.</summary>
public abstract class HandOverRightsTests(CrmHost host)
{
    private readonly EveryDoor _doors = new(host);

    [Fact]
    [Trait("F", "12")]
    public async Task While_a_hand_over_is_half_done_every_door_still_agrees()
    {
        var company = await Company.DrawAsync(host, seed: 20261122);
        var (from, to) = company.Busiest();
        var owned = company.OwnedBy(from).Count();
        var act = Guid.Empty;
        await using (var scope = host.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
            act = await scope.ServiceProvider.GetRequiredService<HandOver>().RunAsync(from.Id, to.Id, CancellationToken.None);
        }

        var whole = company.SeenBy(to).Union(company.OwnedBy(from)).ToHashSet();
        await ExplainedAsync(to.Id, company.OwnedBy(from).First());
        var readers = company.Readers.Where(r => r == from || r == to || r.Role == ReadyRoles.PeopleManager).ToList();
        await StepAsync(company, act, readers, whole, to);
        await AgreeAsync(company, company.Readers, whole, to);

        var before = company.OwnedBy(from).ToHashSet();
        Assert.Empty(before);
        await using (var scope = host.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
            act = (await scope.ServiceProvider.GetRequiredService<BulkDoor>().UndoAsync(act, CancellationToken.None)).Id;
        }

        // On the way back each row is whose it says, and only the index is behind.
        await StepAsync(company, act, readers, null, to);
        Assert.Equal(owned, company.OwnedBy(from).Count());
    }

    private async Task StepAsync(Company company, Guid act, List<Reader> readers, HashSet<Guid>? whole, Reader heir)
    {
        var run = host.Services.GetRequiredService<BulkRun>();
        var phases = new HashSet<string>();
        for (var more = true; more;)
        {
            if (phases.Add(await company.RefreshAsync(host, act)))
                await AgreeAsync(company, readers, whole, heir);
            more = await run.WorkAsync(act, TimeSpan.Zero, CancellationToken.None);
        }

        await company.RefreshAsync(host, act);
        // Before, amid the rows, before and amid the tokens: or the test proves nothing.
        Assert.True(phases.Count >= 5, string.Join(", ", phases));
    }

    private async Task ExplainedAsync(Guid heir, Guid record)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        var answer = await scope.ServiceProvider.GetRequiredService<ExplainAccess>().RunAsync(heir, record, CancellationToken.None);
        Assert.True(answer.MaySee);
        Assert.Contains(answer.Reasons, r => r is { Grants: true, Rule: "Handed over" });
    }

    private async Task AgreeAsync(Company company, IEnumerable<Reader> readers, HashSet<Guid>? whole, Reader heir)
    {
        if (whole is not null)
            Assert.Equal(whole.Order(), company.SeenBy(heir).Order());
        foreach (var reader in readers)
        {
            var expected = company.SeenBy(reader);
            foreach (var (door, ids) in await _doors.AskAsync(reader))
            {
                var extra = ids.Except(expected).Select(company.Describe).ToList();
                var missing = expected.Except(ids).Select(company.Describe).ToList();
                Assert.True(extra.Count == 0 && missing.Count == 0,
                    $"{company.State}: {door} shows {reader.Name} ({reader.Role}) wrongly [{string.Join("; ", extra)}] and hides wrongly [{string.Join("; ", missing)}].");
            }
        }

        using var api = await host.ApiAsync(heir.Id);
        Assert.Equal(company.OwnedBy(heir).Order(), (await EveryDoor.ApiListAsync(api, "/api/v1/people?limit=200&filter=owner%20eq%20me")).Order());
    }
}

/// <summary>On SQLite.</summary>
public sealed class HandOverRightsOnSqlite(SteppedSqliteHost host) : HandOverRightsTests(host), IClassFixture<SteppedSqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class HandOverRightsOnPostgres(SteppedPostgresHost host) : HandOverRightsTests(host), IClassFixture<SteppedPostgresHost>;
