using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Import;

/// <summary>The tables of imports.</summary>
internal sealed class ImportMapping : Mapping
{
    public override void Map(ModelBuilder model)
    {
        model.Entity<Import>(e =>
        {
            e.ToTable("core_import").HasKey(i => i.Id);
            e.Property(i => i.Id).ValueGeneratedNever();
            e.HasIndex(i => i.At);
        });
        model.Entity<ImportedRow>(e =>
        {
            e.ToTable("core_import_row").HasKey(r => r.Id);
            e.Property(r => r.Id).ValueGeneratedNever();
            e.HasOne<Import>().WithMany().HasForeignKey(r => r.ImportId).OnDelete(DeleteBehavior.Restrict);
            e.HasIndex(r => new { r.ImportId, r.Id });
            e.HasIndex(r => r.RecordId);
        });
    }

    public static void Schema(SchemaChange change)
    {
        change.Table("core_import", t =>
        {
            t.Key();
            t.Id("act_id");
            t.Text("kind");
            t.Text("file_name");
            t.Instant("at");
            t.Id("user_id", nullable: true);
            t.Small("progress");
            t.Number("last_line");
            t.Number("created");
            t.Number("updated");
            t.Number("unchanged");
            t.Number("failed");
        });
        change.Index("core_import", ["at"]);
        change.Table("core_import_row", t =>
        {
            t.Key();
            t.Reference("import_id", "core_import");
            t.Number("line");
            t.Id("record_id");
            t.YesNo("is_created");
            t.Text("changes");
        });
        change.Index("core_import_row", ["import_id", "id"]);
        change.Index("core_import_row", ["record_id"]);
    }
}
