using Crm.Abstractions.Data;
using Crm.Activities.Appointments;

namespace Crm.Activities.Calendar;

/// <summary>Appointments by whose time they take.</summary>
internal static class TakenTime
{
    /// <summary>Those of the given ones that take the time of some users. Each one's own are read by their indexes: what the whole company had in all its years is not gone through.</summary>
    public static IQueryable<Appointment> Taking(this IQueryable<Appointment> appointments, CrmDb db, IReadOnlyList<Guid> users)
    {
        var own = db.Records.Where(r => users.Contains(r.OwnerId!.Value) && r.Kind == Appointment.KindName && r.DeletedAt == null).Select(r => r.Id);
        var joined = db.Set<AppointmentColleague>().Where(c => users.Contains(c.UserId)).Select(c => c.RecordId);
        return appointments.Where(a => own.Concat(joined).Contains(a.Id));
    }
}
