using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Jobs;

/// <summary>A fact that is raised later. The row goes in the unit that raises it: so it is raised once, whatever is killed when.</summary>
internal sealed class DueFact
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid AboutId { get; init; }

    public string Purpose { get; init; } = "";

    /// <summary>When it is raised, or tried again. Part of the delete's condition: a row that was put off meanwhile is not raised.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>The fact's full type name.</summary>
    public string Fact { get; set; } = "";

    public string Payload { get; set; } = "";

    public int Attempts { get; set; }

    /// <summary>Why its handlers failed the last time.</summary>
    public string? Error { get; set; }
}

/// <summary>Maps what is due.</summary>
internal sealed class DueMapping : Mapping
{
    public static void Schema(SchemaChange change)
    {
        change.Table("core_due", t =>
        {
            t.Key();
            t.Reference("about_id");
            t.Text("purpose");
            t.Instant("due_at");
            t.Text("fact");
            t.Text("payload");
            t.Small("attempts");
            t.Text("error", nullable: true);
        });
        change.Index("core_due", ["about_id", "purpose"], unique: true);
        change.Index("core_due", ["due_at"]);
    }

    public override void Map(ModelBuilder model) => model.Entity<DueFact>(e =>
    {
        e.ToTable("core_due").HasKey(d => d.Id);
        e.Property(d => d.Id).ValueGeneratedNever();
        e.Property(d => d.DueAt).IsConcurrencyToken();
        e.Reference(d => d.AboutId);
        e.HasIndex(d => new { d.AboutId, d.Purpose }).IsUnique();
        e.HasIndex(d => d.DueAt);
    });
}
