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

    // The database copies whose a customer is, so that no door, no other node and no hand at the database can forget to.
    public static void Owners(SchemaChange change)
    {
        change.Columns("activities_contact_mark", t =>
        {
            t.Id("owner_id", nullable: true);
            t.Id("department_id", nullable: true);
        });
        const string Copy = "owner_id = (SELECT r.owner_id FROM core_record r WHERE r.id = record_id), department_id = (SELECT r.department_id FROM core_record r WHERE r.id = record_id)";
        change.Sql($"UPDATE activities_contact_mark SET {Copy}", "UPDATE activities_contact_mark m SET owner_id = r.owner_id, department_id = r.department_id FROM core_record r WHERE r.id = m.record_id");
        change.Index("activities_contact_mark", ["owner_id", "channels", "at", "record_id", "is_never"], where: "owner_id IS NOT NULL");
        change.Index("activities_contact_mark", ["department_id", "channels", "at", "record_id", "is_never"], where: "department_id IS NOT NULL");
        const string Moved = "activities_contact_mark_moved AFTER UPDATE OF owner_id, department_id ON core_record";
        const string Follow = "UPDATE activities_contact_mark SET owner_id = NEW.owner_id, department_id = NEW.department_id WHERE record_id = NEW.id;";
        change.Sql($"CREATE TRIGGER activities_contact_mark_made AFTER INSERT ON activities_contact_mark BEGIN UPDATE activities_contact_mark SET {Copy} WHERE record_id = NEW.record_id AND channels = NEW.channels; END", "");
        change.Sql($"CREATE TRIGGER {Moved} WHEN OLD.owner_id IS NOT NEW.owner_id OR OLD.department_id IS NOT NEW.department_id BEGIN {Follow} END", "");

        // The customer's row is held until the mark is there: who changes its owner meanwhile comes after, and finds the mark.
        change.Sql("", """
            CREATE FUNCTION activities_contact_mark_made() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            SELECT r.owner_id, r.department_id INTO NEW.owner_id, NEW.department_id FROM core_record r WHERE r.id = NEW.record_id FOR SHARE; RETURN NEW; END $$
            """);
        change.Sql("", "CREATE TRIGGER activities_contact_mark_made BEFORE INSERT ON activities_contact_mark FOR EACH ROW EXECUTE FUNCTION activities_contact_mark_made()");
        change.Sql("", $"CREATE FUNCTION activities_contact_mark_moved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {Follow} RETURN NULL; END $$");
        change.Sql("", $"""
            CREATE TRIGGER {Moved} FOR EACH ROW WHEN (OLD.owner_id IS DISTINCT FROM NEW.owner_id OR OLD.department_id IS DISTINCT FROM NEW.department_id)
            EXECUTE FUNCTION activities_contact_mark_moved()
            """);
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
