using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Holidays;

/// <summary>Columns of <c>activities_holiday</c> and <c>activities_working_hours</c>, and how they came to be.</summary>
internal sealed class HolidayMapping : Mapping
{
    public override void Map(ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Entity<Holiday>(it =>
        {
            it.ToTable("activities_holiday").Audited().HasKey(h => h.Id);
            it.Property(h => h.Id).ValueGeneratedNever();
            it.HasIndex(h => h.DepartmentId);
        });
        model.Entity<WorkingHours>(it =>
        {
            it.ToTable("activities_working_hours").Audited().HasKey(h => h.Id);
            it.Property(h => h.Id).ValueGeneratedNever();
            it.HasIndex(h => h.DepartmentId);
        });
    }

    public static void Build(SchemaChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        change.Table("activities_holiday", t =>
        {
            t.Key();
            t.Id("department_id", nullable: true);
            t.Text("name");
            t.Date("day");
            t.Small("rule");
        });
        change.Index("activities_holiday", ["department_id"]);
        change.Table("activities_working_hours", t =>
        {
            t.Key();
            t.Id("department_id", nullable: true);
            t.Small("weekday");
            t.Time("begins");
            t.Time("ends");
        });
        change.Index("activities_working_hours", ["department_id"]);
    }
}
