using Crm.Abstractions.Records;
using Crm.Abstractions.Security;

namespace Crm.Activities.Appointments;

/// <summary>Appointments, described once for every door.</summary>
internal sealed class AppointmentRecord(TimeProvider clock) : RecordType<Appointment>
{
    /// <summary>The longest rule.</summary>
    public const int MostRule = 500;

    public override Appointment Create(Guid? about)
    {
        var made = Appointment.New();
        made.StartOn = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (about is { } id)
            made.AboutId = id;
        return made;
    }

    public override void Check(Appointment record)
    {
        ArgumentNullException.ThrowIfNull(record);
        record.Check();
    }

    protected override void Describe(RecordDescription<Appointment> it)
    {
        ArgumentNullException.ThrowIfNull(it);
        it.Named(Appointment.KindName, "appointments", "activities").Shown("Appointment", "Appointments", "calendar-event")
            .Allowed(ActivitiesPermissions.ViewAppointments, ActivitiesPermissions.EditAppointments, ActivitiesPermissions.DeleteAppointments)
            .ConcernsRecords().Loads("Colleagues").Loads("Guests").Loads("Skips");
        it.Field(a => a.Subject).Label("What").Required().Max(300).Searchable().Personal();
        it.Field(a => a.StartOn).Label("Begins on").Required().Listed();
        it.Field(a => a.StartTime).Label("At", "Empty for whole days.");
        it.Field(a => a.EndOn).Label("Ends on");
        it.Field(a => a.EndTime).Label("Ends at");
        it.Field(a => a.Zone).Label("Time zone").Max(60).Formed();
        it.Computed("start", FieldKind.Instant, a => a.FirstStart).Label("Begins").Sortable().KeyFact();
        it.Computed("over", FieldKind.Instant, a => a.LastEnd).Label("Over").Sortable().Hidden();
        it.Field(a => a.Place).Label("Place").Max(300).Listed().KeyFact().Searchable().Personal();
        it.Link(a => a.AboutId, "about").Label("About").Listed().KeyFact().Headers("About", "Person External ID", "Organization External ID");
        it.Links("with", Appointment.WithRole, "person").Label("Present on their side");
        it.Users("colleagues", a => a.Colleagues.Select(c => c.UserId), a => a.Colleagues.Select(c => c.UserId), (a, ids) => a.TakePart(ids)).Label("Present on our side");
        it.OneOf(a => a.Channel).From(ActivitiesLists.Channels).Label("Contact by");
        it.Field(a => a.Rule).Label("Repeats").Max(MostRule).Formed().Hidden();
        it.Field(a => a.RemindMinutes).Label("Remind so many minutes before");
        it.LongText(a => a.Text).Label("Details", "Guests read this in the invitation.").Searchable().Personal();
        it.Computed("state", FieldKind.OneOf, a => a.State).Label("State").Listed().Options(
            new FieldOption("planned", "Planned", "blue"), new FieldOption("cancelled", "Called off", "gray"));
        it.User(a => a.Spine.OwnerId, "whose").Label("Whose calendar").ByDeed(CorePermissions.HandOverRecords.Name).Listed();
        it.Computed("series", FieldKind.Link, a => a.SeriesKey).Links(Appointment.KindName).Label("A single time of").Hidden();
        it.Computed("uid", FieldKind.Text, a => a.Uid).Label("Calendar ID").Hidden();
        it.Deed<CancelAppointment>("cancel", "Call off", "calendar-cancel", ActivitiesPermissions.EditAppointments);
        it.Deed<ReopenAppointment>("reopen", "Plan again", "rotate", ActivitiesPermissions.EditAppointments);
        it.Deed<InviteGuests>("invite", "Send invitations", "mail-forward", ActivitiesPermissions.EditAppointments);
    }

    protected override string Title(Appointment record) => record.Subject.Trim();
}
