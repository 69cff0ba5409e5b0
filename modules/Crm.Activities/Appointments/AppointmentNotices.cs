using Crm.Abstractions.Notifications;

namespace Crm.Activities.Appointments;

/// <summary>The time has come to remind of an appointment.</summary>
/// <param name="AppointmentId">The appointment.</param>
/// <param name="Start">The beginning of the one of its times that is meant.</param>
internal sealed record AppointmentDue(Guid AppointmentId, DateTimeOffset Start);

/// <summary>What users are told about appointments.</summary>
internal static class AppointmentNotices
{
    public const string Reminder = "reminder";

    public static NoticeKind Due { get; } = new("activities.appointment-due", "An appointment of mine begins soon", "calendar-time", NoticeMail.Never) { Texts = typeof(ActivitiesText) };

    public static NoticeKind Invited { get; } = new("activities.appointment-invited", "A colleague puts an appointment into my calendar", "calendar-plus", NoticeMail.AtOnce) { Texts = typeof(ActivitiesText) };

    public static NoticeKind Answered { get; } = new("activities.appointment-answered", "Somebody answers my invitation", "calendar-user", NoticeMail.Daily) { Texts = typeof(ActivitiesText) };
}
