using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Contacts.Relationships;

/// <summary>The table of relationships.</summary>
internal sealed class RelationshipMapping : Mapping<Relationship>
{
    protected override void Map(EntityTypeBuilder<Relationship> it)
    {
        it.Record("contacts_relationship").Reference(r => r.FromId).Reference(r => r.ToId);
        it.HasIndex(r => r.FromId);
        it.HasIndex(r => new { r.FromId, r.ToId, r.Type, r.Role }).IsUnique().HasFilter("binned_at IS NULL");
    }
}
