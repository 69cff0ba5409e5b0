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
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<KernelDb>();
        var now = clock.GetUtcNow();
        var due = await db.Set<OutboxMessage>().AsNoTracking().Where(m => m.DueAt <= now).OrderBy(m => m.Id).Take(Batch).Select(m => m.Id).ToListAsync(ct);
        foreach (var id in due)
            await DeliverAsync(id, ct);
        return due.Count;
    }

    private async Task DeliverAsync(Guid id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<Actor>();
        (actor.IsSystem, actor.Door) = (true, "job");
        var db = scope.ServiceProvider.GetRequiredService<KernelDb>();
        var message = await db.Set<OutboxMessage>().FirstAsync(m => m.Id == id, ct);
        if (!_handlers.TryGetValue(message.Handler, out var subscription)
            || !scope.ServiceProvider.GetRequiredService<Contributions>().IsOn(subscription.Handler, Abstractions.Security.Rights.System))
        {
            // Kept for when the module is back.
            message.DueAt = clock.GetUtcNow().AddMinutes(10);
            await db.SaveChangesAsync(ct);
            return;
        }

        try
        {
            var fact = JsonSerializer.Deserialize(message.Payload, subscription.Fact)!;
            var handler = scope.ServiceProvider.GetServices(subscription.Contract).First(h => h!.GetType() == subscription.Handler)!;
            var handle = subscription.Contract.GetMethod(nameof(IOutboxHandler<object>.HandleAsync))!;
            await (Task)handle.Invoke(handler, [message.Id, fact, ct])!;
            message.DueAt = null;
            message.Error = null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            LogDelivery(failure, message.Handler);
            message.Error = failure.Message;
            message.DueAt = clock.GetUtcNow().AddSeconds(Math.Min(3600, Math.Pow(2, message.Attempts) * 5));
        }

        message.Attempts++;
        await db.SaveChangesAsync(ct);
    }

    [LoggerMessage(LogLevel.Error, "The outbox could not be read; trying again.")]
    private partial void LogLoop(Exception failure);

    [LoggerMessage(LogLevel.Warning, "A message for {Handler} was not delivered; it stays in the outbox.")]
    private partial void LogDelivery(Exception failure, string handler);
}
