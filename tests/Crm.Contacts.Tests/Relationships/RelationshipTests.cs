using Crm.Abstractions.Records;
using Crm.Contacts.Relationships;

namespace Crm.Contacts.Tests.Relationships;

public sealed class RelationshipTests
{
    private readonly RelationshipRecord _type = new();
    private readonly Relationship _membership = Relationship.Between(Guid.CreateVersion7(), Guid.CreateVersion7(), RelationshipTypes.MemberOf, " Chairman ");

    [Fact]
    public void A_relationship_that_names_no_type_is_a_membership() => Assert.Equal(RelationshipTypes.MemberOf, _type.Create(null).Type);

    [Fact]
    public void It_is_called_by_its_role_else_by_its_type()
    {
        Assert.Equal("Chairman", _type.TitleOf(_membership));
        _membership.Role = null!;
        Assert.Equal("Member of", _type.TitleOf(_membership));
    }

    [Fact]
    public void It_is_seen_by_who_sees_its_first_end() => Assert.Equal(_membership.FromId, _membership.Spine.DecidedById);

    [Fact]
    public void It_needs_two_different_ends()
    {
        _membership.ToId = _membership.FromId;
        Assert.Contains("to", Refusal());
        _membership.ToId = Guid.Empty;
        Assert.Contains("to", Refusal());
        _membership.FromId = Guid.Empty;
        Assert.Contains("from", Refusal());
        Assert.Null(_membership.Spine.DecidedById);
    }

    [Fact]
    public void It_does_not_end_before_it_begins()
    {
        _type.Check(_membership);
        (_membership.Since, _membership.Until) = (new DateOnly(2026, 2, 1), new DateOnly(2026, 1, 1));
        Assert.Contains("until", Refusal());
    }

    private IEnumerable<string> Refusal() => Assert.Throws<RuleViolation>(() => _type.Check(_membership)).Errors.Keys;
}
