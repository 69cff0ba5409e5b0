using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Security;
using Crm.Kernel.Users;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Security;

/// <summary>One rule says who sees what: users, departments, shares and managers are drawn at random, and every door is asked for the same set.</summary>
public abstract class RightsTests(CrmHost host)
{
    private readonly EveryDoor _doors = new(host);

    [Fact]
    [Trait("F", "15")]
    [Trait("F", "16")]
    public async Task Every_door_shows_each_reader_the_same_records()
    {
        var company = await Company.DrawAsync(host, seed: 20261121);
        foreach (var reader in company.Readers)
        {
            var expected = company.SeenBy(reader);
            foreach (var (door, ids) in await _doors.AskAsync(reader))
            {
                var extra = ids.Except(expected).Select(company.Describe).ToList();
                var missing = expected.Except(ids).Select(company.Describe).ToList();
                Assert.True(extra.Count == 0 && missing.Count == 0,
                    $"{door} shows {reader.Name} ({reader.Role}) wrongly [{string.Join("; ", extra)}] and hides wrongly [{string.Join("; ", missing)}].");
            }

            Assert.Equal(expected.Count, await _doors.SummedAsync(reader));
        }

        // The draw must be able to tell readers apart, or the test proves nothing.
        Assert.True(company.Readers.Select(r => company.SeenBy(r).Count).Distinct().Count() > 3);
    }

    [Fact]
    [Trait("F", "15")]
    public void What_hangs_on_some_types_alone_hangs_on_types_that_decide_and_can_be_linked_to_no_other()
    {
        var types = host.Services.GetRequiredService<IRecordTypes>();
        var hanging = types.All.Where(t => t.Hosts.Count > 0).ToList();
        Assert.Contains(hanging, t => t.Name == "address");
        foreach (var type in hanging)
        {
            Assert.All(type.Hosts, h => Assert.True(types.Find(h) is { IsUnion: false, IsDependant: false }, $"{type.Name} hangs on {h}, which decides nothing."));
            Assert.Contains(type.OwnFields, f => f.IsRequired && f.LinkKinds.Count > 0 && f.LinkKinds.ToHashSet().SetEquals(type.Hosts));
        }
    }

    [Fact]
    [Trait("F", "15")]
    public async Task A_reader_without_the_type_is_refused_at_every_door()
    {
        var id = await new People(host).UserAsync("portal" + Guid.CreateVersion7().ToString("N"), ReadyRoles.Customer);
        using var api = await host.ApiAsync(id);
        Assert.Equal(403, (int)(await api.GetAsync("/api/v1/people")).StatusCode);
        Assert.Equal(403, (int)(await api.GetAsync("/api/v1/people/summary?group=status")).StatusCode);
        Assert.Equal(403, (int)(await api.GetAsync($"/api/v1/people/{Guid.CreateVersion7()}")).StatusCode);
    }
}

/// <summary>On SQLite.</summary>
public sealed class RightsOnSqlite(SqliteHost host) : RightsTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class RightsOnPostgres(PostgresHost host) : RightsTests(host), IClassFixture<PostgresHost>;
