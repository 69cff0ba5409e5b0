using Crm.Abstractions.Jobs;
using Crm.Activities.Tasks;
using Crm.Kernel.Jobs;
using Crm.Kernel.Notifications;
using Crm.Kernel.Security;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Crm.Activities.Tests.Jobs;

/// <summary>Many follow-ups fall due at once and the server is killed again and again: each is told once.</summary>
public abstract class BurstTests(CrmHost host)
{
    [Fact]
    public Task Each_is_told_once_however_often_the_server_is_killed() => KillAsync(count: 1_000, kills: 5, seed: 1);

    [Fact]
    [Trait("Category", "Long")]
    public Task Each_of_ten_thousand_is_told_once_in_a_hundred_kills() => KillAsync(count: 10_000, kills: 100, seed: 2);

    /// <summary>Takes the loop out of a server that only prepares: what is due waits for the processes that are killed.</summary>
    internal static void Rest(IServiceCollection services)
    {
        var loop = services.Single(s => s.ServiceType == typeof(IHostedService) && s.ImplementationFactory?.Method.ReturnType == typeof(DueLoop));
        services.Remove(loop);
    }

    private async Task KillAsync(int count, int kills, int seed)
    {
        var me = await new People(host).UserAsync("burst" + Guid.CreateVersion7().ToString("N"), Abstractions.Security.ReadyRoles.Sales);
        var ids = await TasksAsync(me, count);
        var random = new Random(seed);
        for (var kill = 0; kill < kills && await WaitingAsync(ids) > 0; kill++)
        {
            await using var server = ServerProcess.Start(host.Said);
            Assert.True(await server.AnswersAsync(), server.ToString());
            // The more are left, the longer it may live: every kill is to hit the burst.
            await Task.Delay(random.Next(60, 600));
            await server.KillAsync();
        }

        await using (var server = ServerProcess.Start(host.Said))
        {
            Assert.True(await server.AnswersAsync(), server.ToString());
            for (var wait = 0; wait < 1_200 && await WaitingAsync(ids) > 0; wait++)
                await Task.Delay(100);
        }

        Assert.Equal(0, await WaitingAsync(ids));
        await host.InAsync(async db =>
        {
            var told = await db.Set<Notification>().Where(n => n.UserId == me).GroupBy(n => n.RecordId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync();
            Assert.Equal(count, told.Count);
            Assert.All(told, t => Assert.Equal(1, t.Count));
        });
    }

    private async Task<List<Guid>> TasksAsync(Guid assignee, int count)
    {
        var ids = new List<Guid>();
        foreach (var chunk in Enumerable.Range(0, count).Chunk(250))
        {
            await host.InAsync(async db =>
            {
                foreach (var number in chunk)
                {
                    var task = CrmTask.New();
                    (task.Subject, task.RemindMinutes) = ($"Number {number}", 0);
                    task.Plan(new DateOnly(2026, 1, 5), new TimeOnly(9, 0), "Europe/Riga");
                    task.Assign(assignee);
                    db.Add(task);
                    ids.Add(task.Id);
                }

                await db.SaveChangesAsync();
            });
        }

        return ids;
    }

    private async Task<int> WaitingAsync(IReadOnlyCollection<Guid> ids)
    {
        var waiting = 0;
        await host.InAsync(async db => waiting = (await db.Set<DueFact>().AsNoTracking().Select(d => d.AboutId).ToListAsync()).Count(ids.Contains));
        return waiting;
    }
}

/// <summary>A server on SQLite that only prepares.</summary>
public sealed class RestingSqliteHost : SqliteHost
{
    /// <inheritdoc/>
    protected override void Configure(IServiceCollection services) => BurstTests.Rest(services);
}

/// <summary>A server on PostgreSQL that only prepares.</summary>
public sealed class RestingPostgresHost : PostgresHost
{
    /// <inheritdoc/>
    protected override void Configure(IServiceCollection services) => BurstTests.Rest(services);
}

/// <summary>On SQLite.</summary>
public sealed class BurstOnSqlite(RestingSqliteHost host) : BurstTests(host), IClassFixture<RestingSqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class BurstOnPostgres(RestingPostgresHost host) : BurstTests(host), IClassFixture<RestingPostgresHost>
{
    [Fact]
    public async Task What_a_killed_node_had_in_hand_another_takes_over_within_half_a_minute()
    {
        var me = await new People(host).UserAsync("nodes" + Guid.CreateVersion7().ToString("N"), Abstractions.Security.ReadyRoles.Sales);
        await using var first = Node();
        await using var second = Node();
        Assert.True(await first.AnswersAsync(), first.ToString());
        Assert.True(await second.AnswersAsync(), second.ToString());
        // Whichever had the turn: each is killed once, and the other goes on.
        foreach (var killed in new[] { first, second })
        {
            await killed.KillAsync();
            var other = killed == first ? second : Node();
            await using var started = other == second ? null : other;
            Assert.True(await other.AnswersAsync(), other.ToString());
            var task = Guid.Empty;
            await host.InAsync(async db =>
            {
                var made = CrmTask.New();
                (made.Subject, made.RemindMinutes) = ("Taken over", 0);
                made.Plan(new DateOnly(2026, 1, 5), null, "Europe/Riga");
                made.Assign(me);
                db.Add(made);
                await db.SaveChangesAsync();
                task = made.Id;
            });
            var clock = System.Diagnostics.Stopwatch.StartNew();
            var told = 0;
            while (told == 0 && clock.Elapsed < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(200);
                await host.InAsync(async db => told = await db.Set<Notification>().CountAsync(n => n.RecordId == task));
            }

            Assert.Equal(1, told);
        }
    }

    // Each node has a folder of its own, and the database is shared.
    private ServerProcess Node() => ServerProcess.Start(host.Said, new Dictionary<string, string?> { ["Data:Directory"] = Directory.CreateTempSubdirectory("crm-node-").FullName });
}
