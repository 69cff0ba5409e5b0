using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Contacts.Organizations;

/// <summary>An organisation's columns of the one store.</summary>
internal sealed class OrganizationMapping : Mapping<Organization>
{
    protected override void Map(EntityTypeBuilder<Organization> it) => it.Reference(o => o.ParentId);
}
