namespace Crm.Abstractions.Records;

/// <summary>What records said is to be forgotten: they were removed from the bin for good, or erased. Raised in the unit that does it; whoever keeps copies of their values, or rows that only they needed, lets go of them in a handler.</summary>
/// <param name="Ids">The records.</param>
/// <param name="AreRemoved">True where the records are gone; false where their skeletons stay.</param>
public sealed record RecordsForgotten(IReadOnlyList<Guid> Ids, bool AreRemoved);
