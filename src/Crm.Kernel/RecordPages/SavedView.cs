using Crm.Abstractions.Data;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Kernel.RecordPages;

/// <summary>A list as somebody keeps it: which rows, in which order, with which columns. Without an owner it is everybody's.</summary>
internal sealed class SavedView
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The record type's name in the singular.</summary>
    public string Kind { get; init; } = "";

    public string Name { get; set; } = "";

    public Guid? OwnerId { get; set; }

    /// <summary>In the filter grammar; empty for all.</summary>
    public string Filter { get; set; } = "";

    public string Sort { get; set; } = "";

    /// <summary>Field names with a comma; empty for the type's own columns.</summary>
    public string Columns { get; set; } = "";
}

/// <summary>Maps saved views.</summary>
internal sealed class SavedViewMapping : Mapping<SavedView>
{
    public static void Schema(SchemaChange change)
    {
        change.Table("core_view", t =>
        {
            t.Key();
            t.Text("kind");
            t.Text("name");
            t.Reference("owner_id", "core_user", nullable: true);
            t.Text("filter");
            t.Text("sort");
            t.Text("columns");
        });
        change.Index("core_view", ["kind", "owner_id"]);
        change.Index("core_view", ["owner_id"]);
    }

    protected override void Map(EntityTypeBuilder<SavedView> it)
    {
        it.ToTable("core_view").Audited().HasKey(v => v.Id);
        it.Property(v => v.Id).ValueGeneratedNever();
        it.HasOne<User>().WithMany().HasForeignKey(v => v.OwnerId).OnDelete(DeleteBehavior.Restrict);
        it.HasIndex(v => new { v.Kind, v.OwnerId });
    }
}
