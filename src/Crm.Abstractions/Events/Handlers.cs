namespace Crm.Abstractions.Events;

/// <summary>Answers a fact inside the transaction in which it was raised. Touches the database only, and always runs, whatever is switched off.</summary>
/// <typeparam name="TFact">A record in the past tense, such as <c>TicketResolved</c>.</typeparam>
public interface IEventHandler<in TFact>
    where TFact : notnull
{
    /// <summary>Answers the fact; what it changes is saved by the unit that raised it.</summary>
    /// <param name="fact">What happened.</param>
    /// <param name="ct">Ends the unit, and with it the whole save.</param>
    Task HandleAsync(TFact fact, CancellationToken ct);
}

/// <summary>Answers a fact after its commit, at least once: idempotent on the message's id. Anything that leaves the process belongs here.</summary>
/// <typeparam name="TFact">A record in the past tense that can be written as JSON.</typeparam>
public interface IOutboxHandler<in TFact>
    where TFact : notnull
{
    /// <summary>Answers the fact. An exception leaves the message in the outbox, to be tried again later.</summary>
    /// <param name="messageId">The same at every attempt.</param>
    /// <param name="fact">What happened.</param>
    /// <param name="ct">Set when the server stops.</param>
    Task HandleAsync(Guid messageId, TFact fact, CancellationToken ct);
}

/// <summary>Says that a fact goes to the outbox for a handler.</summary>
/// <param name="Fact">The fact's type.</param>
/// <param name="Contract">The closed <see cref="IOutboxHandler{TFact}"/>.</param>
/// <param name="Handler">The module's class.</param>
public sealed record OutboxSubscription(Type Fact, Type Contract, Type Handler);
