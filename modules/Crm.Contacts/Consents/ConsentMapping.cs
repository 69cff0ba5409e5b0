using Crm.Abstractions.Data;
using Crm.Contacts.Contacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Contacts.Consents;

/// <summary>The table of consents.</summary>
internal sealed class ConsentMapping : Mapping<Consent>
{
    protected override void Map(EntityTypeBuilder<Consent> it)
    {
        it.Record("contacts_consent");
        it.HasOne<Contact>().WithMany(c => c.Consents).HasForeignKey(c => c.RecordId).OnDelete(DeleteBehavior.Restrict);
    }
}
