namespace Crm.Kernel.Outbox;

/// <summary>A fact on its way to one handler outside the transaction.</summary>
internal sealed class OutboxMessage
{
    /// <summary>What is left of a payload that nobody needs any more.</summary>
    public const string Nothing = "{}";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public DateTimeOffset At { get; init; }

    /// <summary>The handler's full type name.</summary>
    public string Handler { get; init; } = "";

    /// <summary>The fact as JSON, until it is delivered.</summary>
    public string Payload { get; set; } = "";

    public int Attempts { get; set; }

    /// <summary>When to try (again); null once handled.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public string? Error { get; set; }
}
