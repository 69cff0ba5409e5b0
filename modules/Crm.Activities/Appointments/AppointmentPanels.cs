using Crm.Abstractions.Pages;

namespace Crm.Activities.Appointments;

/// <summary>On an appointment's page: when it is, in words, who was invited, and what can be done.</summary>
internal sealed class AppointmentPanel : Panel
{
    public override string Title => "Calendar";

    public override string Icon => "calendar-event";

    public override string Permission => ActivitiesPermissions.ViewCalendar;

    public override string Url => "/activities/appointments/panel/{id}";

    public override IReadOnlyList<string> Kinds => [Appointment.KindName];
}

/// <summary>On a customer's page: what is planned with him.</summary>
internal sealed class CustomerAppointments : Panel
{
    public override string Title => "Appointments";

    public override string Icon => "calendar-event";

    public override string Permission => ActivitiesPermissions.ViewCalendar;

    public override string Url => "/activities/appointments/of/{id}";

    public override IReadOnlyList<string> Kinds => ["person", "organization"];
}
