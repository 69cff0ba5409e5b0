using System.Text.Json;
using Crm.Abstractions.Data;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Kernel.MyDay;

/// <summary>A tile in its place.</summary>
/// <param name="Name">The widget's name.</param>
/// <param name="IsWide">Over the whole width.</param>
/// <param name="IsHidden">Put away; listed so that a tile that comes with an update is told apart from one that was put away.</param>
internal sealed record DayTile(string Name, bool IsWide, bool IsHidden);

/// <summary>How somebody arranged his day, or how the start page of a role is arranged.</summary>
internal sealed class DayPlan
{
    /// <summary>A user's id, or a role's.</summary>
    public Guid OwnerId { get; init; }

    /// <summary>The tiles in order, as JSON.</summary>
    public string Tiles { get; private set; } = "[]";

    public IReadOnlyList<DayTile> Read() => JsonSerializer.Deserialize<List<DayTile>>(Tiles) ?? [];

    public void Write(IReadOnlyList<DayTile> tiles) => Tiles = JsonSerializer.Serialize(tiles);
}

/// <summary>Columns of <c>core_day_plan</c>.</summary>
internal sealed class DayPlanMapping : Mapping<DayPlan>
{
    public static void Schema(SchemaChange change) => change.Table("core_day_plan", t =>
    {
        t.Id("owner_id");
        t.Text("tiles");
        t.PrimaryKey("owner_id");
    });

    protected override void Map(EntityTypeBuilder<DayPlan> it) => it.ToTable("core_day_plan").HasKey(p => p.OwnerId);
}
