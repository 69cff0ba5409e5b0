using Crm.Abstractions.Records;

namespace Crm.Contacts.Relationships;

/// <summary>One contact's relationship to another: its type, a role in it, from when to when. Both ends, type and role are its key.</summary>
internal sealed class Relationship : IRecord, IBinAware
{
    public const string KindName = "relationship";

    private Guid _fromId;
    private string _role = "";

    private Relationship() => Spine = null!;

    private Relationship(Guid id)
    {
        Id = id;
        Spine = new Spine(id, KindName);
    }

    public Guid Id { get; private set; }

    public Spine Spine { get; private set; }

    /// <summary>The contact that the sentence begins with, and who decides who sees it: "Anna works for Rimi".</summary>
    public Guid FromId
    {
        get => _fromId;
        set => (_fromId, Spine.DecidedById) = (value, value == Guid.Empty ? null : value);
    }

    public Guid ToId { get; set; }

    public string Type { get; set; } = RelationshipTypes.MemberOf;

    /// <summary>Never null, because it is a part of the key.</summary>
    public string Role
    {
        get => _role;
        set => _role = value?.Trim() ?? "";
    }

    public int? Rank { get; set; }

    public DateOnly? Since { get; set; }

    public DateOnly? Until { get; set; }

    public DateTimeOffset? BinnedAt { get; set; }

    public static Relationship New(Guid? from)
    {
        var relationship = new Relationship(Guid.CreateVersion7());
        if (from is { } id)
            relationship.FromId = id;
        return relationship;
    }

    public static Relationship Between(Guid from, Guid to, string type, string role = "")
    {
        var relationship = New(from);
        (relationship.ToId, relationship.Type, relationship.Role) = (to, type, role);
        return relationship;
    }

    public void Check()
    {
        if (FromId == Guid.Empty)
            throw new RuleViolation("from", "Say whose relationship this is.");
        if (ToId == Guid.Empty)
            throw new RuleViolation("to", "Say to whom this relationship is.");
        if (FromId == ToId)
            throw new RuleViolation("to", "A relationship has two different ends.");
        if (Until < Since)
            throw new RuleViolation("until", "It can't end before it begins.");
    }

    /// <summary>Takes up again what had ended or was taken away.</summary>
    public void Resume()
    {
        Until = null;
        Spine.DeletedAt = null;
    }
}
