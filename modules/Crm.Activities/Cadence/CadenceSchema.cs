using Crm.Abstractions.Data;

namespace Crm.Activities.Cadence;

/// <summary>The tables of contact cadence.</summary>
internal static class CadenceSchema
{
    public static void Build(SchemaChange change)
    {
        change.Table("activities_cadence_rule", t =>
        {
            t.Record();
            t.Text("name");
            t.Text("customers");
            t.Text("segment", nullable: true);
            t.Text("channel_key");
            t.Small("at_least_days", nullable: true);
            t.Small("at_most_times", nullable: true);
            t.Small("at_most_days", nullable: true);
            t.YesNo("is_active");
            t.Instant("binned_at", nullable: true);
        });
        change.Table("activities_cadence_channel", t =>
        {
            t.Reference("record_id", "activities_cadence_rule", cascade: true);
            t.Text("channel");
            t.PrimaryKey("record_id", "channel");
        });
        change.Table("activities_cadence_walk", t =>
        {
            t.Reference("rule_id", "activities_cadence_rule", cascade: true);
            t.Id("walked_to", nullable: true);
            t.Instant("done_at", nullable: true);
            t.PrimaryKey("rule_id");
        });
        Marks(change);
    }

    // A list reads a long stretch of the marks in their order: all of it stands in the index.
    public static void Stretch(SchemaChange change)
    {
        const string Drop = "DROP INDEX \"IX_activities_contact_mark_channels_at_record_id\"";
        change.Sql(Drop, Drop);
        change.Index("activities_contact_mark", ["channels", "at", "record_id", "is_never"]);
    }

    private static void Marks(SchemaChange change)
    {
        change.Table("activities_contact_mark", t =>
        {
            t.Reference("record_id", cascade: true);
            t.Text("channels");
            t.Instant("at");
            t.YesNo("is_never");
            t.Number("turn");
            t.PrimaryKey("record_id", "channels");
        });
        change.Index("activities_contact_mark", ["channels", "at", "record_id"]);
        change.Table("activities_often_mark", t =>
        {
            t.Reference("rule_id", "activities_cadence_rule", cascade: true);
            t.Reference("record_id", cascade: true);
            t.Instant("at");
            t.PrimaryKey("record_id", "rule_id");
        });
        change.Index("activities_often_mark", ["rule_id", "at", "record_id"]);
    }
}
