using System.ComponentModel.DataAnnotations;

namespace Crm.Contacts.Relationships;

/// <summary>What the form of a new relationship asks.</summary>
internal sealed class RelationshipForm
{
    /// <summary>A type, with a minus where the other end is the first one: "-worksFor" is "employs".</summary>
    [Required(ErrorMessage = "Choose how they are related.")]
    public string Type { get; set; } = RelationshipTypes.MemberOf;

    [Required(ErrorMessage = "Choose the other person or organisation.")]
    public Guid? To { get; set; }

    [StringLength(100, ErrorMessage = "This is longer than 100 characters.")]
    public string? Role { get; set; }

    public DateOnly? Since { get; set; }

    public DateOnly? Until { get; set; }

    public bool IsBackward => Type.StartsWith('-');

    public bool IsKnown => RelationshipTypes.All.Any(t => string.Equals(t.Value, Type.TrimStart('-'), StringComparison.Ordinal));

    public Relationship Made(Guid contact)
    {
        var (from, to) = IsBackward ? (To!.Value, contact) : (contact, To!.Value);
        var relationship = Relationship.Between(from, to, Type.TrimStart('-'), Role ?? "");
        (relationship.Since, relationship.Until) = (Since, Until);
        return relationship;
    }
}
