namespace Crm.Activities.Calls;

/// <summary>How a call went, in one key.</summary>
/// <param name="Outcome">A word of the list of outcomes.</param>
/// <param name="Note">What was said.</param>
internal sealed record CallResult(string Outcome, string? Note)
{
    /// <summary>When to call again, where the customer wants it.</summary>
    public DateOnly? AgainOn { get; init; }

    public TimeOnly? AgainAt { get; init; }

    public string Zone { get; init; } = "";
}

/// <summary>What a call brought about, for taking it back.</summary>
internal sealed record LoggedCall(Guid InteractionId, Guid? NextId);
