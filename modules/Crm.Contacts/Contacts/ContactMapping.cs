using Crm.Abstractions.Data;
using Crm.Contacts.Organizations;
using Crm.Contacts.People;
using Microsoft.EntityFrameworkCore;

namespace Crm.Contacts.Contacts;

/// <summary>The one store of people and organisations, and the rows that belong to them.</summary>
internal sealed class ContactMapping : Mapping
{
    public override void Map(ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Entity<Contact>(it =>
        {
            it.Record("contacts_contact");
            it.HasDiscriminator<string>("Kind").HasValue<Person>(Person.KindName).HasValue<Organization>(Organization.KindName);
            it.Property(c => c.SpecialNeeds).Personal();
            it.HasMany(c => c.Points).WithOne().HasForeignKey(p => p.RecordId).OnDelete(DeleteBehavior.Cascade);
            it.HasMany(c => c.Tags).WithOne().HasForeignKey(t => t.RecordId).OnDelete(DeleteBehavior.Cascade);
            it.HasMany(c => c.Designated).WithOne().HasForeignKey(d => d.RecordId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<ContactPoint>(it =>
        {
            it.ToTable("contacts_point").Audited().HasKey(p => p.Id);
            it.Property(p => p.Id).ValueGeneratedNever();
            it.Property(p => p.Value).Personal();
            it.Property(p => p.Typed).Personal();
            it.Property(p => p.Normalized).Personal();
            it.HasIndex(p => new { p.Type, p.Normalized });
        });
        model.Entity<ContactTag>(it =>
        {
            it.ToTable("contacts_tag").Audited().HasKey(t => new { t.RecordId, t.List, t.Word });
            it.HasIndex(t => new { t.List, t.Word });
        });
        model.Entity<DesignatedPerson>(it =>
        {
            it.ToTable("contacts_designated").Audited().HasKey(d => new { d.RecordId, d.UserId });
            it.HasIndex(d => d.UserId);
        });
    }
}
