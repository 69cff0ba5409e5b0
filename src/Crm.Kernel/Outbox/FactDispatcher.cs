using System.Collections.Concurrent;
using System.Text.Json;
using Crm.Abstractions.Events;
using Crm.Kernel.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Outbox;

/// <summary>Brings each fact to its handlers inside the unit, and puts it into the outbox for those outside.</summary>
internal sealed class FactDispatcher(IServiceProvider services, IEnumerable<OutboxSubscription> subscriptions, TimeProvider clock)
{
    private static readonly ConcurrentDictionary<Type, Invoker> _invokers = new();

    /// <summary>Says whether anything went to the outbox.</summary>
    public async Task<bool> DispatchAsync(KernelDb db, IReadOnlyList<object> facts, CancellationToken ct)
    {
        var sent = false;
        foreach (var fact in facts)
        {
            var invoker = _invokers.GetOrAdd(fact.GetType(), t => (Invoker)Activator.CreateInstance(typeof(Invoker<>).MakeGenericType(t))!);
            await invoker.HandleAsync(services, fact, ct);
            foreach (var subscription in subscriptions.Where(s => s.Fact == fact.GetType()))
            {
                var now = clock.GetUtcNow();
                db.Add(new OutboxMessage
                {
                    At = now,
                    DueAt = now,
                    Handler = subscription.Handler.FullName!,
                    Payload = JsonSerializer.Serialize(fact, fact.GetType()),
                });
                sent = true;
            }
        }

        return sent;
    }

    private abstract class Invoker
    {
        public abstract Task HandleAsync(IServiceProvider services, object fact, CancellationToken ct);
    }

    private sealed class Invoker<TFact> : Invoker
        where TFact : notnull
    {
        public override async Task HandleAsync(IServiceProvider services, object fact, CancellationToken ct)
        {
            foreach (var handler in services.GetServices<IEventHandler<TFact>>())
                await handler.HandleAsync((TFact)fact, ct);
        }
    }
}
