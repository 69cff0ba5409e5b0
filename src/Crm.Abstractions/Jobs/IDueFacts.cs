namespace Crm.Abstractions.Jobs;

/// <summary>Plans facts for later. Each is raised once, in a unit of its own handlers: at its moment, or as soon as a server runs where none ran then.</summary>
public interface IDueFacts
{
    /// <summary>How much later than planned a fact counts as late.</summary>
    static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(1);

    /// <summary>Plans a fact, in place of the one that was planned for the same record and purpose. Saved with the scope's unit.</summary>
    /// <typeparam name="TFact">A record that can be written as JSON, listed with <c>AddDueFact</c>.</typeparam>
    /// <param name="about">The record that it belongs to; with the record it is purged.</param>
    /// <param name="purpose">What it is for, unique on the record, such as <c>reminder</c>.</param>
    /// <param name="at">When, UTC; a moment that has passed means at once.</param>
    /// <param name="fact">What is raised then.</param>
    /// <param name="ct">Ends the read of what was planned before.</param>
    Task PlanAsync<TFact>(Guid about, string purpose, DateTimeOffset at, TFact fact, CancellationToken ct)
        where TFact : notnull;

    /// <summary>Takes back what was planned, if anything was.</summary>
    /// <param name="about">The record.</param>
    /// <param name="purpose">What it was for.</param>
    /// <param name="ct">Ends the read.</param>
    Task CancelAsync(Guid about, string purpose, CancellationToken ct);
}

/// <summary>Says that a fact may be planned.</summary>
/// <param name="Fact">Its type.</param>
public sealed record DueFactType(Type Fact);
