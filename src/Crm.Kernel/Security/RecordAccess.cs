namespace Crm.Kernel.Security;

/// <summary>A record shared with a user or a department.</summary>
internal sealed class RecordShare
{
    public Guid PrincipalId { get; init; }

    public Guid RecordId { get; init; }

    /// <summary>True where who it is shared with may change it, too.</summary>
    public bool MayEdit { get; set; }

    public DateTimeOffset At { get; set; }

    public Guid? ById { get; set; }

    /// <summary>True where it follows from what the record says, and goes when that does; who shares by hand makes it stay.</summary>
    public bool IsDerived { get; set; }
}

/// <summary>A further account manager of a record, beside its owner.</summary>
internal sealed class RecordManager
{
    public Guid UserId { get; init; }

    public Guid RecordId { get; init; }
}
