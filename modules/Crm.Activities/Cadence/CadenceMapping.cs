using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Cadence;

/// <summary>Columns of the rules and of the marks that they are read from.</summary>
internal sealed class CadenceMapping : Mapping
{
    public override void Map(ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Entity<CadenceRule>(it =>
        {
            it.Record("activities_cadence_rule");
            it.HasMany(r => r.Channels).WithOne().HasForeignKey(c => c.RecordId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<CadenceChannel>(it => it.ToTable("activities_cadence_channel").Audited().HasKey(c => new { c.RecordId, c.Channel }));
        model.Entity<CadenceWalk>(it =>
        {
            it.ToTable("activities_cadence_walk").HasKey(w => w.RuleId);
            it.Property(w => w.RuleId).ValueGeneratedNever();
            it.HasOne<CadenceRule>().WithOne().HasForeignKey<CadenceWalk>(w => w.RuleId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<ContactMark>(it =>
        {
            it.ToTable("activities_contact_mark").HasKey(m => new { m.RecordId, m.Channels });
            it.HasOne<Spine>().WithMany().HasForeignKey(m => m.RecordId).OnDelete(DeleteBehavior.Cascade);
            it.HasIndex(m => new { m.Channels, m.At, m.RecordId, m.IsNever });
            it.HasIndex(m => new { m.OwnerId, m.Channels, m.At, m.RecordId, m.IsNever }).HasFilter("owner_id IS NOT NULL");
            it.HasIndex(m => new { m.DepartmentId, m.Channels, m.At, m.RecordId, m.IsNever }).HasFilter("department_id IS NOT NULL");
        });
        model.Entity<OftenMark>(it =>
        {
            it.ToTable("activities_often_mark").HasKey(m => new { m.RecordId, m.RuleId });
            it.HasOne<Spine>().WithMany().HasForeignKey(m => m.RecordId).OnDelete(DeleteBehavior.Cascade);
            it.HasOne<CadenceRule>().WithMany().HasForeignKey(m => m.RuleId).OnDelete(DeleteBehavior.Cascade);
            it.HasIndex(m => new { m.RuleId, m.At, m.RecordId });
        });
    }
}
