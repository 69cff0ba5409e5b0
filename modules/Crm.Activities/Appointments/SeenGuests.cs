using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Appointments;

/// <summary>Which of the guests the reader may know: who sees an appointment does not see all whom it concerns, and a guest's name and address are as much his as his record.</summary>
internal sealed class SeenGuests(CrmDb db)
{
    /// <summary>The guests of appointments whose people the reader sees, and those who are nobody's record.</summary>
    public async Task<IReadOnlySet<Guid>> OfAsync(IEnumerable<Appointment> appointments, CancellationToken ct)
    {
        var guests = appointments.SelectMany(a => a.Guests).ToList();
        var people = guests.Select(g => g.PersonId).OfType<Guid>().Distinct().ToList();
        var seen = people.Count == 0 ? [] : await (await db.VisibleAmongAsync(people, ct, ["person"])).Select(r => r.Id).ToHashSetAsync(ct);
        return guests.Where(g => g.PersonId is not { } id || seen.Contains(id)).Select(g => g.Id).ToHashSet();
    }

    /// <summary>Takes the others off appointments that were read to be shown, and are not kept.</summary>
    public async Task LeaveAsync(IReadOnlyList<Appointment> appointments, CancellationToken ct)
    {
        var seen = await OfAsync(appointments, ct);
        foreach (var appointment in appointments)
            appointment.Guests.RemoveAll(g => !seen.Contains(g.Id));
    }
}
