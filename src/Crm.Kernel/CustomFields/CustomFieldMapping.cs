using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.CustomFields;

/// <summary>Maps the fields that administrators made.</summary>
internal sealed class CustomFieldMapping : Mapping
{
    public static void Schema(SchemaChange change)
    {
        change.Columns("core_record", t => t.Json("custom", nullable: true));
        change.Table("core_custom_field", t =>
        {
            t.Key();
            t.Text("kind");
            t.Text("name");
            t.Text("holds");
            t.Text("label");
            t.Text("hint");
            t.Text("heading");
            t.Small("rank");
            t.YesNo("is_required");
            t.YesNo("is_unique");
            t.YesNo("is_listed");
            t.YesNo("is_key_fact");
            t.YesNo("is_searchable");
            t.YesNo("is_personal");
            t.Text("options");
            t.Text("link_kinds");
            t.Text("departments");
            t.Text("formula");
            t.Instant("retired_at", nullable: true);
            t.YesNo("is_pending");
        });
        change.Index("core_custom_field", ["kind", "name"], unique: true);
        change.Table("core_required_field", t =>
        {
            t.Key();
            t.Text("kind");
            t.Text("name");
        });
        change.Index("core_required_field", ["kind", "name"], unique: true);
    }

    public static void SearchPending(SchemaChange change) =>
        change.Columns("core_custom_field", t => t.YesNo("is_search_pending", defaultValue: false));

    public override void Map(ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Entity<CustomField>(e =>
        {
            e.ToTable("core_custom_field").Audited().HasKey(f => f.Id);
            e.Property(f => f.Id).ValueGeneratedNever();
            e.Property(f => f.Holds).HasConversion<string>();
            e.HasIndex(f => new { f.Kind, f.Name }).IsUnique();
        });
        model.Entity<RequiredField>(e =>
        {
            e.ToTable("core_required_field").Audited().HasKey(f => f.Id);
            e.Property(f => f.Id).ValueGeneratedNever();
            e.HasIndex(f => new { f.Kind, f.Name }).IsUnique();
        });
    }
}
