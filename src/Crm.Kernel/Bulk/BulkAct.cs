namespace Crm.Kernel.Bulk;

/// <summary>How a bulk act stands.</summary>
internal enum BulkState
{
    Waiting,

    Running,

    Stopped,

    Done,

    Failed,

    Undone,
}

/// <summary>An act on many records: what it is, how far it is, and which node works on it.</summary>
internal sealed class BulkAct
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Names the work: <see cref="IBulkWork.Kind"/>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>What is done, as the audit calls it.</summary>
    public string What { get; init; } = "";

    /// <summary>JSON: what the work was told.</summary>
    public string Parameters { get; init; } = "{}";

    /// <summary>Who asked; null for the server itself.</summary>
    public Guid? UserId { get; init; }

    /// <summary>By whose rights it runs: who asked, or who let it go on.</summary>
    public Guid? RunsAsId { get; set; }

    public DateTimeOffset At { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The one act of the audit under which its changes stand.</summary>
    public Guid ActId { get; init; }

    /// <summary>How many records it will deal with, where that is known.</summary>
    public long? Total { get; set; }

    public long Done { get; set; }

    /// <summary>Rows that could not be done, each with its reason.</summary>
    public long Failed { get; set; }

    /// <summary>Where it goes on, in the work's own words. Saved with the chunk, so that no row is done twice or left out.</summary>
    public string Cursor { get; set; } = "";

    /// <summary>How many chunks were committed: whoever prepared one for another count is late.</summary>
    public long Chunks { get; set; }

    public BulkState State { get; set; }

    /// <summary>Why it stopped or failed, in English.</summary>
    public string? Reason { get; set; }

    /// <summary>The node that works on it, until its lease ends.</summary>
    public Guid? NodeId { get; set; }

    /// <summary>Renewed by every chunk; after it another node takes the act over.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>The act that takes this one back, once there is one.</summary>
    public Guid? UndoId { get; set; }

    public bool IsOver => State is BulkState.Done or BulkState.Undone;

    public bool IsLive => State is BulkState.Waiting or BulkState.Running;
}

/// <summary>A record that an act changed, or why it didn't.</summary>
internal sealed class BulkRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid BulkId { get; init; }

    public Guid RecordId { get; init; }

    /// <summary>JSON: what → [before, after].</summary>
    public string Changes { get; init; } = "{}";

    /// <summary>Why the record was left as it was; null where it was changed.</summary>
    public string? Reason { get; init; }
}

/// <summary>While a hand-over runs: what stands under one user's name is another's, and the index may name either.</summary>
internal sealed class Heir
{
    /// <summary>The act; the row goes with its end.</summary>
    public Guid BulkId { get; init; }

    public Guid FromId { get; init; }

    public Guid ToId { get; init; }

    /// <summary>True where the heir is the owner by right at once; false where only the index is behind.</summary>
    public bool IsOwner { get; init; }
}
