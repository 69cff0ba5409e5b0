using System.Globalization;
using Crm.Abstractions.Notifications;
using Crm.Abstractions.Security;
using Crm.Calendar.Zones;

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

    public static NoticeKind Invited { get; } = new("activities.appointment-invited", "A colleague puts an appointment into my calendar, moves it or calls it off", "calendar-plus", NoticeMail.AtOnce) { Texts = typeof(ActivitiesText) };

    public static NoticeKind Answered { get; } = new("activities.appointment-answered", "Somebody answers my invitation", "calendar-user", NoticeMail.Daily) { Texts = typeof(ActivitiesText) };

    /// <summary>Tells people of one of an appointment's times, each on his own clock. Written so that it is read alike in every language: in which one it will be read is not known yet.</summary>
    public static async Task TellAsync(
        this INotices notices, IStaff staff, Appointment appointment, IEnumerable<Guid> users, NoticeKind kind, string text, Occurrence one, CancellationToken ct)
    {
        foreach (var place in await staff.PlacesAsync([.. users.Distinct()], ct))
            notices.Tell(new Notice(place.Id, kind.Name, text, appointment.Subject.Trim(), When(appointment, one, place.Zone)) { RecordId = appointment.Id });
    }

    private static string When(Appointment appointment, Occurrence one, TimeZoneInfo zone) => appointment.IsAllDay
        ? one.Local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : LocalTimes.FromUtc(one.Start.UtcDateTime, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
