namespace Crm.Abstractions.Records;

/// <summary>A view that stands above a type's list from the start, beside those that users save.</summary>
/// <param name="Name">The name in addresses, unique on the type.</param>
/// <param name="Label">What the tab is called, in English (the localiser's key).</param>
/// <param name="Filter">In the filter grammar.</param>
/// <param name="Sort">Field names with a comma, each with <c>-</c> for descending.</param>
public sealed record ReadyView(string Name, string Label, string Filter, string Sort);
