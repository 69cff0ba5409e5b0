using System.Reflection;
using System.Text.Json;
using Crm.Abstractions.Events;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Kernel.Outbox;

/// <summary>Delivers outbox messages after their commit, at least once, again after failures with growing pauses.</summary>
internal sealed partial class OutboxDispatcher(
    IServiceScopeFactory scopes, IEnumerable<OutboxSubscription> subscriptions, OutboxSignal signal, TimeProvider clock, ILogger<OutboxDispatcher> log)
    : BackgroundService
{
    private const int Batch = 50;
    private static readonly TimeSpan _claim = TimeSpan.FromMinutes(2);
    private readonly Dictionary<string, OutboxSubscription> _handlers = subscriptions.ToDictionary(s => s.Handler.FullName!, StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await DeliverDueAsync(stoppingToken) == Batch)
                {
                    // More may be due.
                }

                await signal.WaitAsync(TimeSpan.FromSeconds(5), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                LogLoop(failure);
                await Task.Delay(TimeSpan.FromSeconds(5), clock, stoppingToken);
            }
        }
    }

    /// <summary>Delivers the messages whose time has come; says how many were taken.</summary>
    public async Task<int> DeliverDueAsync(CancellationToken ct)
    {
        await using var scope = Scope();
        var now = clock.GetUtcNow();
        var due = await Db(scope).Set<OutboxMessage>().AsNoTracking().Where(m => m.DueAt <= now).OrderBy(m => m.Id).Take(Batch).Select(m => m.Id).ToListAsync(ct);
        foreach (var id in due)
            await DeliverAsync(id, ct);
        return due.Count;
    }

    private async Task DeliverAsync(Guid id, CancellationToken ct)
    {
        if (!await ClaimAsync(id, ct))
            return;
        try
        {
            await HandleAsync(id, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await ChangeAsync(id, message => message.DueAt = clock.GetUtcNow(), CancellationToken.None);
            throw;
        }
        catch (Exception failure)
        {
            LogDelivery(failure, id);
            await ChangeAsync(id, message => Postpone(message, failure), ct);
        }
    }

    /// <summary>Takes a message for this node: until the claim ends no other one takes it. Who dies with it leaves it to the next.</summary>
    private async Task<bool> ClaimAsync(Guid id, CancellationToken ct)
    {
        await using var scope = Scope();
        var db = Db(scope);
        var now = clock.GetUtcNow();
        if (await db.Set<OutboxMessage>().FirstOrDefaultAsync(m => m.Id == id && m.DueAt <= now, ct) is not { } message)
            return false;
        try
        {
            message.DueAt = now + _claim;
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    // What the handler changes and that it did are saved together. In a scope of its own: what it leaves broken is no obstacle to noting so.
    private async Task HandleAsync(Guid id, CancellationToken ct)
    {
        await using var scope = Scope();
        var db = Db(scope);
        // Forgotten meanwhile: nobody is told any more.
        if (await db.Set<OutboxMessage>().FirstOrDefaultAsync(m => m.Id == id && m.DueAt != null, ct) is not { } message)
            return;
        if (!_handlers.TryGetValue(message.Handler, out var subscription)
            || !scope.ServiceProvider.GetRequiredService<Contributions>().IsOn(subscription.Handler, Abstractions.Security.Rights.System))
        {
            // Kept for when the module is back.
            message.DueAt = clock.GetUtcNow().AddMinutes(10);
        }
        else
        {
            await AnswerAsync(scope.ServiceProvider, subscription, message, ct);
            // Nobody needs its words again, and who is erased would have to be looked for in them.
            (message.Payload, message.DueAt, message.Error) = (OutboxMessage.Nothing, null, null);
            message.Attempts++;
        }

        await db.SaveChangesAsync(ct);
    }

    private static async Task AnswerAsync(IServiceProvider services, OutboxSubscription subscription, OutboxMessage message, CancellationToken ct)
    {
        var fact = JsonSerializer.Deserialize(message.Payload, subscription.Fact)!;
        var handler = services.GetServices(subscription.Contract).First(h => h!.GetType() == subscription.Handler)!;
        var handle = subscription.Contract.GetMethod(nameof(IOutboxHandler<object>.HandleAsync))!;
        await (Task)handle.Invoke(handler, BindingFlags.DoNotWrapExceptions, null, [message.Id, fact, ct], null)!;
    }

    private async Task ChangeAsync(Guid id, Action<OutboxMessage> change, CancellationToken ct)
    {
        await using var scope = Scope();
        var db = Db(scope);
        if (await db.Set<OutboxMessage>().FirstOrDefaultAsync(m => m.Id == id && m.DueAt != null, ct) is not { } message)
            return;
        change(message);
        await db.SaveChangesAsync(ct);
    }

    private void Postpone(OutboxMessage message, Exception failure)
    {
        message.Error = failure.Message;
        message.DueAt = clock.GetUtcNow().AddSeconds(Math.Min(3600, Math.Pow(2, message.Attempts) * 5));
        message.Attempts++;
    }

    private AsyncServiceScope Scope()
    {
        var scope = scopes.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<Actor>();
        (actor.IsSystem, actor.Door) = (true, "job");
        return scope;
    }

    private static KernelDb Db(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<KernelDb>();

    [LoggerMessage(LogLevel.Error, "The outbox could not be read; trying again.")]
    private partial void LogLoop(Exception failure);

    [LoggerMessage(LogLevel.Warning, "The message {Id} was not delivered; it stays in the outbox.")]
    private partial void LogDelivery(Exception failure, Guid id);
}
