using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Care;

/// <summary>Columns of care rules, and of what they made.</summary>
internal sealed class CareMapping : Mapping
{
    public static void Schema(SchemaChange change)
    {
        change.Table("activities_care_rule", t =>
        {
            t.Key();
            t.Text("subject");
            t.Text("kind");
            t.Text("field");
            t.YesNo("each_year");
            t.Small("days_before");
            t.Text("segment", nullable: true);
            t.Text("problem", nullable: true);
        });
        change.Table("activities_care_made", t =>
        {
            t.Reference("rule_id", "activities_care_rule", cascade: true);
            t.Reference("record_id", cascade: true);
            t.Small("year");
            t.Id("made_task");
            t.PrimaryKey("rule_id", "record_id", "year");
        });
        change.Index("activities_care_made", ["record_id"]);
    }

    public static void Days(SchemaChange change) => change.Columns("activities_care_made", t => t.Date("made_for", nullable: true));

    public static void Walks(SchemaChange change) => change.Table("activities_care_walk", t =>
    {
        t.Reference("rule_id", "activities_care_rule", cascade: true);
        t.Date("followed_on");
        t.Instant("followed_to");
        t.PrimaryKey("rule_id");
    });

    public override void Map(ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Entity<CareRule>(it =>
        {
            it.ToTable("activities_care_rule").Audited().HasKey(r => r.Id);
            it.Property(r => r.Id).ValueGeneratedNever();
        });
        model.Entity<CareWalk>(it =>
        {
            it.ToTable("activities_care_walk").HasKey(w => w.RuleId);
            it.HasOne<CareRule>().WithOne().HasForeignKey<CareWalk>(w => w.RuleId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<CareMade>(it =>
        {
            it.ToTable("activities_care_made").HasKey(m => new { m.RuleId, m.RecordId, m.Year });
            it.HasOne<CareRule>().WithMany().HasForeignKey(m => m.RuleId).OnDelete(DeleteBehavior.Cascade);
            it.HasOne<Abstractions.Records.Spine>().WithMany().HasForeignKey(m => m.RecordId).OnDelete(DeleteBehavior.Cascade);
            it.HasIndex(m => m.RecordId);
        });
    }
}
