using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Contacts.People;

/// <summary>A person's columns of the one store.</summary>
internal sealed class PersonMapping : Mapping<Person>
{
    protected override void Map(EntityTypeBuilder<Person> it)
    {
        it.Reference(p => p.OrganizationId);
        it.Property(p => p.FirstName).Personal();
        it.Property(p => p.MiddleName).Personal();
        it.Property(p => p.LastName).Personal();
        it.Property(p => p.Suffix).Personal();
        it.Property(p => p.Nickname).Personal();
        it.Property(p => p.FullName).Personal();
        it.Property(p => p.BusinessStreet).Personal();
        it.Property(p => p.Birthday).Personal();
        it.Property(p => p.BirthYear).Personal();
        it.Property(p => p.Gender).Personal();
        it.Property(p => p.Language).Personal();
        it.Property(p => p.MaritalStatus).Personal();
        it.Property(p => p.HouseholdSize).Personal();
        it.Property(p => p.Children).Personal();
        it.Property(p => p.Education).Personal();
    }
}
