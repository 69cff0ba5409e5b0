using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Interactions;

/// <summary>Columns of <c>activities_interaction</c> and of the rows that belong to one.</summary>
internal sealed class InteractionMapping : Mapping
{
    public static void Claims(SchemaChange change) => change.Columns("activities_interaction", t => t.Id("result_claimed_by_user_id", nullable: true));

    public override void Map(ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Entity<Interaction>(it =>
        {
            it.Record("activities_interaction");
            it.Property(i => i.Subject).Personal();
            it.Property(i => i.Text).Personal();
            it.HasMany(i => i.Colleagues).WithOne().HasForeignKey(c => c.RecordId).OnDelete(DeleteBehavior.Cascade);
            it.Property(i => i.ResultReason).Personal();
            it.Ignore(i => i.Result);
            it.HasIndex(i => new { i.At, i.Id });
            it.HasIndex(i => new { i.UserId, i.At });
            it.HasIndex(i => new { i.ResultState, i.At }).HasFilter("result_state IS NOT NULL");
        });
        model.Entity<Colleague>(it =>
        {
            it.ToTable("activities_colleague").Audited().HasKey(c => new { c.RecordId, c.UserId });
            it.HasIndex(c => c.UserId);
        });
        model.Entity<Touch>(it =>
        {
            it.ToTable("activities_touch").HasKey(t => new { t.RecordId, t.InteractionId });
            it.HasOne<Abstractions.Records.Spine>().WithMany().HasForeignKey(t => t.RecordId).OnDelete(DeleteBehavior.Cascade);
            it.HasOne<Interaction>().WithMany().HasForeignKey(t => t.InteractionId).OnDelete(DeleteBehavior.Cascade);
            it.HasIndex(t => new { t.RecordId, t.At });
        });
    }
}
