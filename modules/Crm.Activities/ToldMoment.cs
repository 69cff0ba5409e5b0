using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Activities;

/// <summary>A moment of a record that somebody was told about. Kept beside the record, which being told does not change.</summary>
internal sealed class ToldMoment
{
    public Guid RecordId { get; init; }

    /// <summary>What for, as it was planned.</summary>
    public string Purpose { get; init; } = "";

    public Guid UserId { get; set; }

    public DateTimeOffset At { get; set; }
}

/// <summary>Columns of <c>activities_told</c>.</summary>
internal sealed class ToldMapping : Mapping<ToldMoment>
{
    public static void Schema(SchemaChange change) => change.Table("activities_told", t =>
    {
        t.Reference("record_id", cascade: true);
        t.Text("purpose");
        t.Id("user_id");
        t.Instant("at");
        t.PrimaryKey("record_id", "purpose");
    });

    protected override void Map(EntityTypeBuilder<ToldMoment> it)
    {
        it.ToTable("activities_told").HasKey(t => new { t.RecordId, t.Purpose });
        it.HasOne<Abstractions.Records.Spine>().WithMany().HasForeignKey(t => t.RecordId).OnDelete(DeleteBehavior.Cascade);
    }
}
