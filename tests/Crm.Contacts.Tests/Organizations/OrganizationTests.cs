using Crm.Abstractions.Records;
using Crm.Contacts.Organizations;

namespace Crm.Contacts.Tests.Organizations;

public sealed class OrganizationTests
{
    private readonly OrganizationRecord _type = new(Settings.Country("LV"));
    private readonly Organization _organization = Organization.New();

    [Fact]
    public void An_organisation_needs_a_name()
    {
        Assert.Contains("name", Assert.Throws<RuleViolation>(() => _type.Check(_organization)).Errors.Keys);
        _organization.Name = "Rimi";
        _type.Check(_organization);
    }

    [Fact]
    public void It_is_not_its_own_part()
    {
        (_organization.Name, _organization.ParentId) = ("Rimi", _organization.Id);
        Assert.Contains("parent", Assert.Throws<RuleViolation>(() => _type.Check(_organization)).Errors.Keys);
    }
}
