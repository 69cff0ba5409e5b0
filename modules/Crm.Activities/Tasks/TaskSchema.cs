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
            t.Id("series_key", nullable: true);
            t.Date("series_on", nullable: true);
            t.Time("series_time", nullable: true);
            t.Date("occurs_on", nullable: true);
            t.Id("giver_user_id", nullable: true);
        });
        // A series has one task a day, whoever ends the one before it twice at the same moment.
        change.Index("activities_task", ["series_key", "occurs_on"], unique: true, where: "series_key IS NOT NULL");
        change.Index("activities_task", ["giver_user_id", "state"], where: "giver_user_id IS NOT NULL");
    }
}
