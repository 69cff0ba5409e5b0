using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Tasks;

/// <summary>Columns of <c>activities_task</c> and of its checklist.</summary>
internal sealed class TaskMapping : Mapping
{
    public override void Map(ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Entity<CrmTask>(it =>
        {
            it.Record("activities_task");
            it.Reference(t => t.AboutId).Reference(t => t.InteractionId);
            it.Property(t => t.Subject).Personal();
            it.Property(t => t.Text).Personal();
            it.HasMany(t => t.Steps).WithOne().HasForeignKey(s => s.RecordId).OnDelete(DeleteBehavior.Cascade);
            it.HasIndex(t => new { t.State, t.Due });
            it.HasIndex(t => new { t.SeriesKey, t.OccursOn }).IsUnique().HasFilter("series_key IS NOT NULL");
            it.HasIndex(t => new { t.GiverUserId, t.State }).HasFilter("giver_user_id IS NOT NULL");
            it.Ignore(t => t.IsFollowing);
        });
        model.Entity<TaskStep>(it =>
        {
            it.ToTable("activities_task_step").Audited().HasKey(s => s.Id);
            it.Property(s => s.Id).ValueGeneratedNever();
            it.Property(s => s.Text).Personal();
        });
    }
}
