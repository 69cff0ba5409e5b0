using Crm.Abstractions.Records;

namespace Crm.Kernel.Data;

/// <summary>The records that a unit touched, by what follows from it.</summary>
internal sealed class ChangedRecords
{
    private readonly HashSet<Guid> _told = [];

    /// <summary>Made or changed: their timeline rows and search documents are written anew.</summary>
    public HashSet<Guid> Saved { get; } = [];

    /// <summary>Those of them that are new: all that there is of them is tracked.</summary>
    public HashSet<Guid> Made { get; } = [];

    /// <summary>What was made since this was asked before.</summary>
    public IReadOnlyList<Spine> TakeMade(KernelDb db)
    {
        var made = Made.Where(_told.Add).ToList();
        return made.Count == 0 ? [] : [.. made.Select(id => db.Records.Local.FindEntry(id)?.Entity).OfType<Spine>()];
    }

    /// <summary>Put into the bin or removed: found nowhere.</summary>
    public HashSet<Guid> Gone { get; } = [];

    /// <summary>Owner, department, managers or shares changed: what hangs on them is found by others now, and says the same.</summary>
    public HashSet<Guid> Reassigned { get; } = [];

    /// <summary>Came into the bin or out of it, and with them what hangs on them.</summary>
    public HashSet<Guid> Turned { get; } = [];
}
