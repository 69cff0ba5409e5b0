using Crm.Testing;

namespace Crm.Kernel.Tests.Security;

/// <summary>What concerns several records is seen by who sees one of them: every door is asked for the same set.</summary>
public abstract class ConcernedTests(CrmHost host)
{
    private readonly EveryDoor _doors = new(host);

    [Fact]
    [Trait("F", "15")]
    public async Task Who_sees_one_of_the_records_that_something_concerns_sees_it_at_every_door()
    {
        var company = await Company.DrawAsync(host, seed: 20261122);
        await company.DrawActivitiesAsync(host, seed: 7);
        foreach (var reader in company.Readers)
            await AgreeAsync(company, reader);
        // Somebody who sees few of them sees others once a customer is his.
        var few = company.Readers.MinBy(r => company.InteractionsOf(r).Count)!;
        var before = company.InteractionsOf(few).Count;
        var moved = company.Interactions.First(i => !company.InteractionsOf(few).Contains(i.Key) && i.Value.Count > 1).Value[^1];
        await company.HandOverAsync(host, moved, few);
        Assert.True(company.InteractionsOf(few).Count > before);
        await AgreeAsync(company, few);
    }

    private async Task AgreeAsync(Company company, Reader reader)
    {
        foreach (var (kind, drawn, expected, word) in new (string, IReadOnlyCollection<Guid>, HashSet<Guid>, string)[]
        {
            ("interaction", company.Interactions.Keys, company.InteractionsOf(reader), "touched"), ("task", company.Tasks.Keys, company.TasksOf(reader), "planned"),
        })
        {
            foreach (var (door, ids) in await _doors.AskAsync(reader, kind, drawn, word))
                Assert.True(expected.SetEquals(ids), $"{door} shows {reader.Name} ({reader.Role}) {ids.Except(expected).Count()} {kind}s wrongly and hides {expected.Except(ids).Count()} wrongly.");
        }
    }
}

/// <summary>On SQLite.</summary>
public sealed class ConcernedOnSqlite(SqliteHost host) : ConcernedTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class ConcernedOnPostgres(PostgresHost host) : ConcernedTests(host), IClassFixture<PostgresHost>;
