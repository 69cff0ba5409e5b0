using Crm.Abstractions.Contacts;
using Crm.Abstractions.Data;
using Crm.Calendar.Events;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Appointments;

/// <summary>Finds the people of an event that was taken in, by their addresses among the contacts that the reader sees; what is private in the other calendar concerns nobody here.</summary>
internal sealed class FindGuests(CrmDb db, IEnumerable<IContactEmails> emails)
{
    private const int Most = 100;
    private const int LongestEmail = 254;

    /// <summary>Puts them to those whom the appointment is with. Whoever was put there by hand stays.</summary>
    public async Task RunAsync(CalendarEvent one, Appointment appointment, CancellationToken ct)
    {
        if (one.Privacy != EventPrivacy.Public)
            return;
        var asked = one.Attendees.Where(a => a.Kind is not (AttendeeKind.Resource or AttendeeKind.Room)).ToList();
        if (one.Organizer is { } organizer && !asked.Exists(a => organizer.Email is { } email && a.Person.Has(email)))
            asked.Insert(0, new Attendee(organizer) { Answer = Participation.Accepted });
        var byEmail = asked.Where(a => a.Person.Email is { Length: > 0 and <= LongestEmail }).Take(Most).GroupBy(a => a.Person.Email!, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase);
        if (byEmail.Count == 0)
            return;
        var met = new List<Guid>();
        foreach (var source in emails)
        {
            var found = await source.FindAsync(byEmail.Keys, ct);
            var ids = found.SelectMany(f => f).Distinct().ToList();
            var seen = await (await db.VisibleAmongAsync(ids, ct, ["person"])).AsNoTracking().ToDictionaryAsync(r => r.Id, r => r.Title, ct);
            foreach (var (email, attendee) in byEmail)
            {
                // An address that several share names nobody.
                if (found[email].Where(seen.ContainsKey).Distinct().ToList() is not [var person])
                    continue;
                met.Add(person);
                Note(appointment, person, email, seen[person], attendee, one);
            }
        }

        if (met.Except(appointment.People()).Any())
            appointment.Meet(appointment.People().Concat(met).Distinct().ToList());
    }

    private static void Note(Appointment appointment, Guid person, string email, string title, Attendee attendee, CalendarEvent one)
    {
        var guest = appointment.Guests.Find(g => g.PersonId == person || g.Has(email));
        if (guest is null)
            appointment.Guests.Add(guest = new Guest(appointment.Id, email, title, person));
        guest.Take(attendee.Answer, new DateTimeOffset(DateTime.SpecifyKind(one.Stamp, DateTimeKind.Utc)));
    }
}
