using Crm.Abstractions.Data;
using Crm.Kernel.Audit;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Bulk;

/// <summary>The tables of bulk acts.</summary>
internal sealed class BulkMapping : Mapping
{
    public override void Map(ModelBuilder model)
    {
        model.Entity<BulkAct>(e =>
        {
            e.ToTable("core_bulk_act").HasKey(a => a.Id);
            e.Property(a => a.Id).ValueGeneratedNever();
            e.HasOne<AuditAct>().WithMany().HasForeignKey(a => a.ActId).OnDelete(DeleteBehavior.Restrict);
            e.HasIndex(a => a.State);
            e.HasIndex(a => new { a.UserId, a.At });
        });
        model.Entity<BulkRow>(e =>
        {
            e.ToTable("core_bulk_row").HasKey(r => r.Id);
            e.Property(r => r.Id).ValueGeneratedNever();
            e.HasOne<BulkAct>().WithMany().HasForeignKey(r => r.BulkId).OnDelete(DeleteBehavior.Restrict);
            e.HasIndex(r => new { r.BulkId, r.Id });
            e.HasIndex(r => r.RecordId);
        });
        model.Entity<Heir>(e =>
        {
            e.ToTable("core_heir").HasKey(h => h.BulkId);
            e.Property(h => h.BulkId).ValueGeneratedNever();
            e.HasOne<BulkAct>().WithMany().HasForeignKey(h => h.BulkId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<User>().WithMany().HasForeignKey(h => h.FromId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<User>().WithMany().HasForeignKey(h => h.ToId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    public static void Schema(SchemaChange change)
    {
        change.Table("core_bulk_act", t =>
        {
            t.Key();
            t.Text("kind");
            t.Text("what");
            t.Text("parameters");
            t.Id("user_id", nullable: true);
            t.Id("runs_as_id", nullable: true);
            t.Instant("at");
            t.Instant("ended_at", nullable: true);
            t.Reference("act_id", "core_audit_act");
            t.Number("total", nullable: true);
            t.Number("done");
            t.Number("failed");
            t.Text("cursor");
            t.Number("chunks");
            t.Small("state");
            t.Text("reason", nullable: true);
            t.Id("node_id", nullable: true);
            t.Instant("lease_until", nullable: true);
            t.Id("undo_id", nullable: true);
        });
        change.Index("core_bulk_act", ["act_id"]);
        change.Index("core_bulk_act", ["state"]);
        change.Index("core_bulk_act", ["user_id", "at"]);
        Rows(change);
    }

    private static void Rows(SchemaChange change)
    {
        change.Table("core_bulk_row", t =>
        {
            t.Key();
            t.Reference("bulk_id", "core_bulk_act");
            t.Id("record_id");
            t.Text("changes");
            t.Text("reason", nullable: true);
        });
        change.Index("core_bulk_row", ["bulk_id", "id"]);
        change.Index("core_bulk_row", ["record_id"]);
        change.Table("core_heir", t =>
        {
            t.Reference("bulk_id", "core_bulk_act");
            t.Reference("from_id", "core_user");
            t.Reference("to_id", "core_user");
            t.YesNo("is_owner");
            t.PrimaryKey("bulk_id");
        });
        change.Index("core_heir", ["from_id"]);
        change.Index("core_heir", ["to_id"]);
    }
}
