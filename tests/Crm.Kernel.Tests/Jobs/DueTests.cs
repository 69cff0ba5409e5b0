using System.Collections.Concurrent;
using Crm.Abstractions.Events;
using Crm.Abstractions.Jobs;
using Crm.Abstractions.Modules;
using Crm.Abstractions.Notifications;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Jobs;
using Crm.Kernel.Notifications;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Jobs;

/// <summary>What is planned is raised once: in the unit in which its row goes.</summary>
public abstract class DueTests(CrmHost host)
{
    private readonly List<Guid> _records = [];

    [Fact]
    public async Task What_is_due_is_raised_once_and_what_is_not_waits()
    {
        await RecordsAsync(2);
        await PlanAsync(_records[0], TimeSpan.FromHours(-3));
        await PlanAsync(_records[1], TimeSpan.FromHours(3));
        await SettleAsync();
        Assert.Equal(1, await ToldAsync(_records[0]));
        Assert.Equal(0, await ToldAsync(_records[1]));
        Assert.Equal(1, await WaitingAsync());
    }

    [Fact]
    public async Task What_is_planned_anew_takes_the_place_of_what_was_and_what_is_taken_back_is_gone()
    {
        await RecordsAsync(2);
        foreach (var record in _records)
            await PlanAsync(record, TimeSpan.FromHours(1));
        await PlanAsync(_records[0], TimeSpan.FromHours(-1));
        await InAsync(async services => await services.GetRequiredService<IDueFacts>().CancelAsync(_records[1], "test", default));
        await SettleAsync();
        Assert.Equal((1, 0), (await ToldAsync(_records[0]), await ToldAsync(_records[1])));
        Assert.Equal(0, await WaitingAsync());
    }

    [Fact]
    public async Task One_that_its_handlers_refuse_is_set_aside_and_holds_nobody_up()
    {
        await RecordsAsync(250);
        Rang.Refused.TryAdd(_records[120], true);
        await InAsync(async services =>
        {
            foreach (var record in _records)
                await services.GetRequiredService<IDueFacts>().PlanAsync(record, "test", TimeProvider.System.GetUtcNow().AddMinutes(-5), new Bell(record), default);
        });
        await SettleAsync();
        var told = new List<int>();
        foreach (var record in _records)
            told.Add(await ToldAsync(record));
        Assert.Equal(Enumerable.Range(0, 250).Select(n => n == 120 ? 0 : 1), told);
        await host.InAsync(async db =>
        {
            var left = await db.Set<DueFact>().SingleAsync(d => _records.Contains(d.AboutId));
            Assert.Equal(("Nobody is at home.", 1), (left.Error, left.Attempts));
            Assert.True(left.DueAt > TimeProvider.System.GetUtcNow());
        });
        Rang.Refused.Clear();
        await PlanAsync(_records[120], TimeSpan.Zero);
        await SettleAsync();
        Assert.Equal(1, await ToldAsync(_records[120]));
    }

    [Fact]
    public async Task What_was_put_off_at_the_very_moment_is_not_raised()
    {
        await RecordsAsync(1);
        await PlanAsync(_records[0], TimeSpan.FromHours(1));
        await InAsync(async services =>
        {
            var db = services.GetRequiredService<KernelDb>();
            var stale = await db.Set<DueFact>().SingleAsync(d => d.AboutId == _records[0]);
            await PlanAsync(_records[0], TimeSpan.FromHours(2));
            db.Raise(new Bell(_records[0]));
            db.Remove(stale);
            await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync());
            db.ChangeTracker.Clear();
        });
        Assert.Equal(0, await ToldAsync(_records[0]));
    }

    internal static void Add(IServiceCollection services)
    {
        services.AddDueFact<Bell>();
        services.AddEventHandler<Bell, Rang>();
        services.AddNoticeKind(new NoticeKind("test.bell", "Bells", "bell", NoticeMail.Never) { Texts = typeof(DueTests) });
    }

    private async Task RecordsAsync(int count) => await host.InAsync(async db =>
    {
        for (var n = 0; n < count; n++)
        {
            var spine = new Spine(Guid.CreateVersion7(), "person") { Title = "A customer" };
            _records.Add(spine.Id);
            db.Add(spine);
        }

        await db.SaveChangesAsync();
    });

    private Task PlanAsync(Guid record, TimeSpan from) => InAsync(services => services.GetRequiredService<IDueFacts>()
        .PlanAsync(record, "test", TimeProvider.System.GetUtcNow() + from, new Bell(record), default));

    // The server's own loop looks, too: whoever comes first.
    private async Task SettleAsync()
    {
        var loop = host.Services.GetRequiredService<DueLoop>();
        while (await loop.RaiseAsync(default) > 0)
        {
            // Again, until nothing is due.
        }
    }

    private async Task InAsync(Func<IServiceProvider, Task> work)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Crm.Kernel.Security.Actor>().IsSystem = true;
        await work(scope.ServiceProvider);
        await scope.ServiceProvider.GetRequiredService<KernelDb>().SaveChangesAsync();
    }

    private async Task<int> ToldAsync(Guid record)
    {
        var count = 0;
        await host.InAsync(async db => count = await db.Set<Notification>().CountAsync(n => n.RecordId == record));
        return count;
    }

    private async Task<int> WaitingAsync()
    {
        var count = 0;
        await host.InAsync(async db => count = await db.Set<DueFact>().CountAsync(d => _records.Contains(d.AboutId)));
        return count;
    }

    private sealed record Bell(Guid Record);

    private sealed class Rang(INotices notices, KernelDb db) : IEventHandler<Bell>
    {
        public static ConcurrentDictionary<Guid, bool> Refused { get; } = new();

        public async Task HandleAsync(Bell fact, CancellationToken ct)
        {
            if (Refused.ContainsKey(fact.Record))
                throw new InvalidOperationException("Nobody is at home.");
            var admin = await db.Set<Crm.Kernel.Users.User>().Select(u => u.Id).FirstAsync(ct);
            notices.Tell(new Notice(admin, "test.bell", "It rang") { RecordId = fact.Record });
        }
    }
}

/// <summary>A server on SQLite that knows the tests' fact.</summary>
public sealed class SqliteDueHost : SqliteHost
{
    /// <inheritdoc/>
    protected override void Configure(IServiceCollection services) => DueTests.Add(services);
}

/// <summary>A server on PostgreSQL that knows the tests' fact.</summary>
public sealed class PostgresDueHost : PostgresHost
{
    /// <inheritdoc/>
    protected override void Configure(IServiceCollection services) => DueTests.Add(services);
}

/// <summary>On SQLite.</summary>
public sealed class SqliteDueTests(SqliteDueHost host) : DueTests(host), IClassFixture<SqliteDueHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresDueTests(PostgresDueHost host) : DueTests(host), IClassFixture<PostgresDueHost>;
