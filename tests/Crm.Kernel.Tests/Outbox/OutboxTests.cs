using System.Collections.Concurrent;
using Crm.Abstractions.Events;
using Crm.Abstractions.Modules;
using Crm.Kernel.Data;
using Crm.Kernel.Jobs;
using Crm.Kernel.Outbox;
using Crm.Kernel.Security;
using Crm.Kernel.Users;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Outbox;

/// <summary>Something that the tests tell.</summary>
public sealed record Told(Guid Id, bool Breaks);

/// <summary>What was heard, how often.</summary>
public sealed class Heard
{
    internal ConcurrentDictionary<Guid, int> Times { get; } = [];

    internal ConcurrentDictionary<Guid, TaskCompletionSource> Waits { get; } = [];
}

/// <summary>Messages go to one node at a time, and one that can't be handled holds up none behind it.</summary>
public abstract class OutboxTests(CrmHost host)
{
    [Fact]
    public async Task A_handler_that_leaves_what_can_not_be_saved_is_tried_later_and_the_next_message_is_delivered()
    {
        var (broken, good) = (new Told(Guid.CreateVersion7(), Breaks: true), new Told(Guid.CreateVersion7(), Breaks: false));
        await TellAsync(broken, good);
        var message = await UntilAsync(broken.Id, m => m.Attempts == 1);
        Assert.NotNull(message.Error);
        Assert.True(message.DueAt > TimeProvider.System.GetUtcNow());
        await UntilHeardAsync(good.Id);
        await host.InAsync(async db => Assert.False(await db.Set<Department>().AnyAsync(d => d.Name == broken.Id.ToString())));
    }

    [Fact]
    public async Task While_one_node_handles_a_message_no_other_takes_it_and_when_it_is_delivered_its_words_go()
    {
        var told = new Told(Guid.CreateVersion7(), Breaks: false);
        var heard = host.Services.GetRequiredService<Heard>();
        var gate = heard.Waits[told.Id] = new TaskCompletionSource();
        await TellAsync(told);
        await UntilHeardAsync(told.Id);
        // What another node would do meanwhile.
        await host.Services.GetRequiredService<OutboxDispatcher>().DeliverDueAsync(default);
        Assert.Equal(1, heard.Times[told.Id]);
        gate.SetResult();
        OutboxMessage? message = null;
        for (var turn = 0; turn < 200 && message is not { DueAt: null }; turn++, await Task.Delay(50))
            await host.InAsync(async db => message = await db.Set<OutboxMessage>().AsNoTracking().OrderByDescending(m => m.Id).FirstAsync(m => m.Attempts == 1 && m.Error == null));
        Assert.Equal("{}", message!.Payload);
    }

    [Fact]
    public async Task What_was_delivered_a_week_ago_is_removed()
    {
        var now = TimeProvider.System.GetUtcNow();
        var (old, young, waiting) = (new OutboxMessage { At = now.AddDays(-8) }, new OutboxMessage { At = now.AddDays(-1) }, new OutboxMessage { At = now.AddDays(-8), DueAt = now.AddDays(1) });
        await host.InAsync(async db =>
        {
            db.AddRange(old, young, waiting);
            await db.SaveChangesAsync();
        });
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        Assert.Equal("1 removed", (await scope.ServiceProvider.GetRequiredService<AskJob>().CompleteAsync("core.sweep-outbox", default)).Result);
        await host.InAsync(async db => Assert.Equal(2, await db.Set<OutboxMessage>().CountAsync(m => m.Id == old.Id || m.Id == young.Id || m.Id == waiting.Id)));
    }

    internal static void Add(IServiceCollection services) => services.AddSingleton<Heard>().AddOutboxHandler<Told, WhenTold>();

    private Task TellAsync(params Told[] facts) => host.InAsync(async db =>
    {
        foreach (var fact in facts)
            db.Raise(fact);
        await db.SaveChangesAsync();
    });

    private async Task UntilHeardAsync(Guid id)
    {
        var heard = host.Services.GetRequiredService<Heard>();
        for (var turn = 0; turn < 200 && !heard.Times.ContainsKey(id); turn++)
            await Task.Delay(50);
        Assert.True(heard.Times.ContainsKey(id));
    }

    private async Task<OutboxMessage> UntilAsync(Guid id, Func<OutboxMessage, bool> isSo)
    {
        OutboxMessage? message = null;
        var text = id.ToString();
        for (var turn = 0; turn < 200; turn++)
        {
            await host.InAsync(async db => message = await db.Set<OutboxMessage>().AsNoTracking().SingleAsync(m => m.Payload.Contains(text)));
            if (isSo(message!))
                return message!;
            await Task.Delay(50);
        }

        throw new TimeoutException($"Attempts: {message!.Attempts}, error: {message.Error}");
    }

    private sealed class WhenTold(KernelDb db, Heard heard) : IOutboxHandler<Told>
    {
        public async Task HandleAsync(Guid messageId, Told fact, CancellationToken ct)
        {
            if (fact.Breaks)
            {
                // No department above it has this key.
                db.Add(new Department { Name = fact.Id.ToString(), ParentId = Guid.CreateVersion7() });
                return;
            }

            heard.Times.AddOrUpdate(fact.Id, 1, (_, times) => times + 1);
            if (heard.Waits.TryGetValue(fact.Id, out var gate))
                await gate.Task.WaitAsync(TimeSpan.FromSeconds(20), ct);
        }
    }
}

/// <summary>A server on SQLite with a handler of its own.</summary>
public sealed class SqliteOutboxHost : SqliteHost
{
    /// <inheritdoc/>
    protected override void Configure(IServiceCollection services) => OutboxTests.Add(services);
}

/// <summary>A server on PostgreSQL with a handler of its own.</summary>
public sealed class PostgresOutboxHost : PostgresHost
{
    /// <inheritdoc/>
    protected override void Configure(IServiceCollection services) => OutboxTests.Add(services);
}

public sealed class OutboxOnSqlite(SqliteOutboxHost host) : OutboxTests(host), IClassFixture<SqliteOutboxHost>;

public sealed class OutboxOnPostgres(PostgresOutboxHost host) : OutboxTests(host), IClassFixture<PostgresOutboxHost>;
