using System.Globalization;
using Crm.Activities.Calendar;
using Crm.Activities.Interactions;
using Crm.Calendar.Zones;

namespace Crm.Activities.Appointments;

/// <summary>Fills the form in which a contact is logged with what was planned, once it took place.</summary>
internal sealed class AppointmentOutcome(MoveAppointment move)
{
    /// <summary>What the form begins with; null where the reader does not see the appointment.</summary>
    public async Task<LogForm?> FormAsync(Guid id, string? at, TimeZoneInfo reader, CancellationToken ct)
    {
        if (await move.ReadAsync(id, ct) is not { } appointment)
            return null;
        var local = DateTime.TryParseExact(at, CalendarEntries.AtFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : appointment.LocalStart;
        var one = appointment.At(local);
        var people = appointment.People().ToList();
        var about = appointment.AboutId ?? people.Cast<Guid?>().FirstOrDefault();
        return new LogForm
        {
            About = about,
            Channel = appointment.Channel,
            Subject = appointment.Subject,
            At = one is null ? null : LocalTimes.FromUtc(one.Start.UtcDateTime, reader).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
            Minutes = one is null || appointment.IsAllDay ? null : ((int)(one.End - one.Start).TotalMinutes).ToString(CultureInfo.InvariantCulture),
            With = people.FindAll(p => p != about),
            Colleagues = [.. appointment.Colleagues.Select(c => c.UserId)],
        };
    }
}
