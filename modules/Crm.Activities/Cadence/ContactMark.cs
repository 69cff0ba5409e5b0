namespace Crm.Activities.Cadence;

/// <summary>When a customer was contacted last by any of some channels, or else made: what "overdue" is a range of. Kept for the channels of active rules.</summary>
internal sealed class ContactMark
{
    public Guid RecordId { get; init; }

    /// <summary>A rule's <see cref="CadenceRule.ChannelKey"/>.</summary>
    public string Channels { get; init; } = "";

    public DateTimeOffset At { get; set; }

    /// <summary>Never contacted so: the moment is the customer's beginning.</summary>
    public bool IsNever { get; set; }

    /// <summary>Whose customer it is: a copy that the database keeps by itself (<see cref="CadenceSchema.Owners"/>), by which a reader's own are found in the order of a list. Who sees him is asked of the record.</summary>
    public Guid? OwnerId { get; private set; }

    /// <summary>The customer's department: a copy like the owner's.</summary>
    public Guid? DepartmentId { get; private set; }

    /// <summary>Counts the saves: each writes it first, so that two about the same customer wait for each other and the later one sees both.</summary>
    public long Turn { get; set; }
}

/// <summary>Since when a customer has had one contact more than a rule's maximum within its days, counted back from the newest: what "too often" is a range of.</summary>
internal sealed class OftenMark
{
    public Guid RuleId { get; init; }

    public Guid RecordId { get; init; }

    /// <summary>The oldest of the newest contacts that together are one too many.</summary>
    public DateTimeOffset At { get; set; }
}

/// <summary>How far the marks of a rule are written for customers that were there before it.</summary>
internal sealed class CadenceWalk
{
    public Guid RuleId { get; init; }

    /// <summary>The last customer that was gone through; null before the first.</summary>
    public Guid? WalkedTo { get; set; }

    /// <summary>When the walk ended last; null while the rule's marks are not complete.</summary>
    public DateTimeOffset? DoneAt { get; set; }
}
