using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Contacts.Organizations;

/// <summary>Counts the changes of the hierarchy: each writes it first, so that two at once wait for each other and the later one sees both.</summary>
internal sealed class HierarchyTurn
{
    /// <summary>The key of the one row.</summary>
    public const int Only = 1;

    public int Id { get; init; } = Only;

    public long Turn { get; set; }
}

/// <summary>Columns of <c>contacts_hierarchy_turn</c>.</summary>
internal sealed class HierarchyTurnMapping : Mapping<HierarchyTurn>
{
    public static void Schema(SchemaChange change) => change.Table("contacts_hierarchy_turn", t =>
    {
        t.Small("id");
        t.Number("turn");
        t.PrimaryKey("id");
    });

    protected override void Map(EntityTypeBuilder<HierarchyTurn> it)
    {
        it.ToTable("contacts_hierarchy_turn").HasKey(t => t.Id);
        it.Property(t => t.Id).ValueGeneratedNever();
    }
}
