using Crm.Abstractions.Data;

namespace Crm.Activities;

/// <summary>The module's schema, step by step.</summary>
internal sealed class ActivitiesMigrations : DataMigration
{
    protected override void Build()
    {
        Step("interactions", Interactions);
        Step("tasks", Tasks);
        Step("mails", Mails.SignatureMapping.Schema);
        Step("task-series", Activities.Tasks.TaskSchema.Series);
        Step("care", Care.CareMapping.Schema);
        Step("cadence", Cadence.CadenceSchema.Build);
        Step("appointments", Appointments.AppointmentSchema.Build);
        Step("holidays", Holidays.HolidayMapping.Build);
        Step("feeds", Calendar.FeedMapping.Build);
        Step("derived shares", Appointments.AppointmentSchema.Shares);
        Step("care-days", Care.CareMapping.Days);
        Step("care-walks", Care.CareMapping.Walks);
        Step("told", ToldMapping.Schema);
        Step("claims", Activities.Interactions.InteractionMapping.Claims);
        Step("appointments-later", Appointments.AppointmentSchema.Later);
        Step("cadence-stretch", Cadence.CadenceSchema.Stretch);
        Step("cadence-owners", Cadence.CadenceSchema.Owners);
    }

    private static void Interactions(SchemaChange change)
    {
        change.Table("activities_interaction", t =>
        {
            t.Record();
            t.Text("channel");
            t.Small("direction");
            t.Instant("at");
            t.Small("minutes", nullable: true);
            t.Id("user_id", nullable: true);
            t.Text("subject");
            t.Text("text", nullable: true);
            t.Text("outcome", nullable: true);
            t.Text("result_type", nullable: true);
            t.Number("result_amount", nullable: true);
            t.Text("result_currency", nullable: true);
            t.Small("result_money", nullable: true);
            t.Small("result_state", nullable: true);
            t.Instant("result_decided_at", nullable: true);
            t.Id("result_decided_by_user_id", nullable: true);
            t.Text("result_reason", nullable: true);
            t.Instant("binned_at", nullable: true);
        });
        change.Index("activities_interaction", ["at", "id"]);
        change.Index("activities_interaction", ["user_id", "at"]);
        change.Index("activities_interaction", ["result_state", "at"], where: "result_state IS NOT NULL");
        Parts(change);
    }

    private static void Parts(SchemaChange change)
    {
        change.Table("activities_colleague", t =>
        {
            t.Reference("record_id", "activities_interaction", cascade: true);
            t.Id("user_id");
            t.PrimaryKey("record_id", "user_id");
        });
        change.Index("activities_colleague", ["user_id"]);
        change.Table("activities_touch", t =>
        {
            t.Reference("record_id", cascade: true);
            t.Reference("interaction_id", "activities_interaction", cascade: true);
            t.Instant("at");
            t.Text("channel");
            t.PrimaryKey("record_id", "interaction_id");
        });
        change.Index("activities_touch", ["record_id", "at"]);
        change.Index("activities_touch", ["interaction_id"]);
    }

    private static void Tasks(SchemaChange change)
    {
        change.Table("activities_task", t =>
        {
            t.Record();
            t.Text("subject");
            t.Text("text", nullable: true);
            t.Text("channel", nullable: true);
            t.Reference("about_id", nullable: true);
            t.Small("state");
            t.Small("priority");
            t.Date("due_on", nullable: true);
            t.Time("due_time", nullable: true);
            t.Text("zone");
            t.Instant("due", nullable: true);
            t.Small("remind_minutes", nullable: true);
            t.Instant("completed_at", nullable: true);
            t.Id("completed_by_user_id", nullable: true);
            t.Reference("interaction_id", nullable: true);
            t.Instant("binned_at", nullable: true);
        });
        change.Index("activities_task", ["about_id"]);
        change.Index("activities_task", ["interaction_id"]);
        change.Index("activities_task", ["state", "due"]);
        change.Table("activities_task_step", t =>
        {
            t.Key();
            t.Reference("record_id", "activities_task", cascade: true);
            t.Small("rank");
            t.Text("text");
            t.YesNo("is_done");
        });
        change.Index("activities_task_step", ["record_id"]);
    }
}
