using Crm.Abstractions.Data;

namespace Crm.Activities.Tasks;

/// <summary>What tasks got after their first step.</summary>
internal static class TaskSchema
{
    /// <summary>Series of tasks, and who gave one away.</summary>
    public static void Series(SchemaChange change)
    {
        change.Columns("activities_task", t =>
        {
            t.Text("repeats", nullable: true);
            t.Text("recurrence", nullable: true);
            t.Id("series_id", nullable: true);
            t.Date("series_on", nullable: true);
            t.Time("series_time", nullable: true);
            t.Date("occurs_on", nullable: true);
            t.Id("giver_id", nullable: true);
        });
        // A series has one task a day, whoever ends the one before it twice at the same moment.
        change.Index("activities_task", ["series_id", "occurs_on"], unique: true, where: "series_id IS NOT NULL");
        change.Index("activities_task", ["giver_id", "state"], where: "giver_id IS NOT NULL");
    }
}
