namespace Crm.Abstractions.Search;

/// <summary>What a check of the index found.</summary>
/// <param name="Documents">The number of documents in the index.</param>
/// <param name="Faults">What is wrong, in English, for the operator; empty when the index is sound.</param>
public sealed record SearchCheck(long Documents, IReadOnlyList<string> Faults);
