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
    public async Task Why_somebody_sees_something_agrees_with_what_he_sees_and_names_a_reason()
    {
        var company = await Company.DrawAsync(host, seed: 20261122);
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        var why = scope.ServiceProvider.GetRequiredService<ExplainAccess>();
        foreach (var reader in company.Readers)
        {
            var expected = company.SeenBy(reader);
            foreach (var person in company.People)
            {
                var answer = await why.RunAsync(reader.Id, person, default);
                Assert.True(answer.MaySee == expected.Contains(person), $"{reader.Name}: {company.Describe(person)}");
                Assert.True(answer.MaySee == answer.Reasons.Any(r => r.Grants), $"The reasons for {reader.Name} don't say so: {company.Describe(person)}");
                Assert.Equal(answer.MaySee, answer.Reasons.All(r => r.Grants));
            }
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
