namespace Crm.Abstractions.Records;

/// <summary>Records were made. Raised in the unit that makes them, once they can be queried; whoever keeps rows for each record of a type adds them in a handler.</summary>
/// <param name="Records">The new records, of any type.</param>
public sealed record RecordsAdded(IReadOnlyList<Spine> Records);
