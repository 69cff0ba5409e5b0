using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Kernel.Import;

/// <summary>What was said about files of one sort, kept by name for the next one. Everybody who imports has it.</summary>
internal sealed class SavedMapping
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public string Kind { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>JSON: what an <see cref="ImportDraft"/> holds beside its file.</summary>
    public string Choices { get; set; } = "{}";
}

/// <summary>Maps saved mappings.</summary>
internal sealed class SavedMappingMapping : Mapping<SavedMapping>
{
    public static void Schema(SchemaChange change)
    {
        change.Table("core_import_mapping", t =>
        {
            t.Key();
            t.Text("kind");
            t.Text("name");
            t.Text("choices");
        });
        change.Index("core_import_mapping", ["kind", "name"], unique: true);
    }

    protected override void Map(EntityTypeBuilder<SavedMapping> it)
    {
        it.ToTable("core_import_mapping").Audited().HasKey(m => m.Id);
        it.Property(m => m.Id).ValueGeneratedNever();
        it.HasIndex(m => new { m.Kind, m.Name }).IsUnique();
    }
}
