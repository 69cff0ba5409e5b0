using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Contacts.Addresses;

/// <summary>The table of addresses.</summary>
internal sealed class AddressMapping : Mapping<Address>
{
    protected override void Map(EntityTypeBuilder<Address> it)
    {
        it.Record("contacts_address").Reference(a => a.RecordId);
        it.Property(a => a.Street).Personal();
        it.Property(a => a.Suite).Personal();
        it.Property(a => a.Building).Personal();
        it.Property(a => a.City).Personal();
        it.Property(a => a.Region).Personal();
        it.Property(a => a.PostalCode).Personal();
        it.Property(a => a.Country).Personal();
        it.Property(a => a.Phone).Personal();
        it.Property(a => a.Fax).Personal();
        it.Property(a => a.Latitude).Personal();
        it.Property(a => a.Longitude).Personal();
    }
}
