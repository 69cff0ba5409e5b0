using Crm.Abstractions.Data;

namespace Crm.Activities.Appointments;

/// <summary>The tables of appointments.</summary>
internal static class AppointmentSchema
{
    public static void Build(SchemaChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        change.Table("activities_appointment", Appointment);
        change.Index("activities_appointment", ["about_id"]);
        change.Index("activities_appointment", ["series_key"]);
        change.Index("activities_appointment", ["first_start", "last_end"]);
        change.Index("activities_appointment", ["uid"]);
        change.Table("activities_appointment_colleague", t =>
        {
            t.Reference("record_id", "activities_appointment", cascade: true);
            t.Id("user_id");
            t.PrimaryKey("record_id", "user_id");
        });
        change.Index("activities_appointment_colleague", ["user_id"]);
        change.Table("activities_appointment_skip", t =>
        {
            t.Reference("record_id", "activities_appointment", cascade: true);
            t.Date("day");
            t.Time("time");
            t.PrimaryKey("record_id", "day", "time");
        });
        change.Table("activities_appointment_guest", t =>
        {
            t.Key();
            t.Reference("record_id", "activities_appointment", cascade: true);
            t.Reference("person_id", nullable: true);
            t.Text("email");
            t.Text("name", nullable: true);
            t.Small("answer");
            t.Instant("answered_at", nullable: true);
        });
        change.Index("activities_appointment_guest", ["record_id"]);
        change.Index("activities_appointment_guest", ["person_id"]);
    }

    /// <summary>What the calendar shared before shares said whether somebody gave them by hand.</summary>
    public static void Shares(SchemaChange change)
    {
        const string Mark = "UPDATE core_share SET is_derived = TRUE WHERE EXISTS (SELECT 1 FROM activities_appointment_colleague c WHERE c.record_id = core_share.record_id AND c.user_id = core_share.principal_id)";
        ArgumentNullException.ThrowIfNull(change);
        change.Sql(Mark, Mark);
    }

    /// <summary>What is called off along with a series, and which version a guest was asked about.</summary>
    public static void Later(SchemaChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        change.Columns("activities_appointment", t => t.YesNo("is_off_with_series", defaultValue: false));
        change.Columns("activities_appointment_guest", t => t.Small("asked_sequence", defaultValue: 0));
    }

    private static void Appointment(TableColumns t)
    {
        t.Record();
        t.Text("subject");
        t.Text("text", nullable: true);
        t.Text("place", nullable: true);
        t.Text("channel", nullable: true);
        t.Reference("about_id", nullable: true);
        t.Date("start_on");
        t.Time("start_time", nullable: true);
        t.Date("end_on", nullable: true);
        t.Time("end_time", nullable: true);
        t.Text("zone");
        t.Text("rule", nullable: true);
        t.Instant("first_start");
        t.Instant("last_end");
        t.Reference("series_key", nullable: true);
        t.Date("series_day", nullable: true);
        t.Time("series_time", nullable: true);
        t.Small("remind_minutes", nullable: true);
        t.Small("state");
        t.Text("uid");
        t.Small("sequence");
        t.Small("invited_sequence", nullable: true);
        t.Instant("binned_at", nullable: true);
    }
}
