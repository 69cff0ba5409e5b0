namespace Crm.Kernel.Timeline;

/// <summary>What a record shows in another record's timeline; rewritten with the record.</summary>
internal sealed class TimelineRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The record in whose timeline it stands.</summary>
    public Guid RecordId { get; init; }

    /// <summary>The record that it is of.</summary>
    public Guid SourceId { get; init; }

    public string Kind { get; init; } = "";

    public DateTimeOffset At { get; init; }

    public string Text { get; init; } = "";

    public string Icon { get; init; } = "";

    public Guid? UserId { get; init; }
}
