using Crm.Abstractions.Records;

namespace Crm.Contacts.Relationships;

/// <summary>A type of relationship, read from either end.</summary>
/// <param name="Value">The value as the API has it.</param>
/// <param name="Forward">From the first end: "works for".</param>
/// <param name="Backward">From the other end: "employs".</param>
internal sealed record RelationshipType(string Value, string Forward, string Backward);

/// <summary>The types of relationships.</summary>
internal static class RelationshipTypes
{
    public const string MemberOf = "memberOf";
    public const string WorksFor = "worksFor";
    public const string Household = "household";

    public static IReadOnlyList<RelationshipType> All { get; } =
    [
        new(MemberOf, "Member of", "Has member"),
        new(WorksFor, "Works for", "Employs"),
        new(Household, "Same household as", "Same household as"),
        new("spouse", "Married to", "Married to"),
        new("parentOf", "Parent of", "Child of"),
        new("supplier", "Supplier of", "Supplied by"),
        new("customer", "Customer of", "Has customer"),
        new("association", "In association with", "In association with"),
        new("partner", "Partner of", "Partner of"),
        new("referredBy", "Referred by", "Referred"),
        new("other", "Connected with", "Connected with"),
    ];

    /// <summary>The types as a choice.</summary>
    public static FieldOption[] Options { get; } = [.. All.Select(t => new FieldOption(t.Value, t.Forward))];

    public static RelationshipType Of(string value) =>
        All.FirstOrDefault(t => string.Equals(t.Value, value, StringComparison.Ordinal)) ?? new RelationshipType(value, value, value);
}
