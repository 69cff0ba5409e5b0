using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Kernel.WordLists;

/// <summary>Columns of <c>core_choice</c>.</summary>
internal sealed class ChoiceMapping : Mapping<Choice>
{
    public static void Schema(SchemaChange change) => change.Table("core_choice", t =>
    {
        t.Text("list");
        t.Text("value");
        t.Text("label");
        t.Text("icon", nullable: true);
        t.Text("colour", nullable: true);
        t.Small("rank");
        t.Instant("retired_at", nullable: true);
        t.PrimaryKey("list", "value");
    });

    protected override void Map(EntityTypeBuilder<Choice> it)
    {
        it.ToTable("core_choice").HasKey(c => new { c.List, c.Value });
        it.Audited();
    }
}
