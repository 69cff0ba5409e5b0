using System.Globalization;
using Crm.Abstractions.Contacts;
using Crm.Abstractions.Data;
using Crm.Abstractions.Mail;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Activities.Consents;
using Crm.Calendar.Events;
using Crm.Calendar.Invitations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Appointments;

/// <summary>Writes invitations and cancellations to the guests of an appointment, into the unit of whoever sends them.</summary>
internal sealed class TellGuests(
    CrmDb db, IOutgoingMail mail, IEnumerable<IContactEmails> emails, Refusals refusals, IStaff staff, TimeProvider clock, IStringLocalizer<ActivitiesText> text)
{
    /// <summary>Invites whoever is present and has an address, tells who was taken off, and notes which version they have.</summary>
    /// <exception cref="RuleViolation">Nobody can be reached, or no mail can be sent.</exception>
    public async Task InviteAsync(Appointment appointment, CancellationToken ct)
    {
        var people = appointment.People().ToList();
        var gone = appointment.Guests.Where(g => g.PersonId is { } id && !people.Contains(id)).ToList();
        if (gone.Count > 0)
            await CancelAsync(appointment, null, gone, ct);
        appointment.Guests.RemoveAll(gone.Contains);
        await AddAsync(appointment, people, ct);
        if (appointment.Guests.Count == 0)
            throw new RuleViolation("with", "Nobody who is present has an address of e-mail.");
        await RequestAsync(appointment, appointment.IsChangedSinceInvited, ct);
    }

    /// <summary>Tells all guests that it is called off, or one of its times; who knew the rest knows everything then.</summary>
    public async Task CallOffAsync(Appointment appointment, DateTime? at, bool isKnown, CancellationToken ct)
    {
        if (await CancelAsync(appointment, at, appointment.Guests, ct) && isKnown)
            appointment.MarkInvited();
    }

    /// <summary>Tells all guests that a series ends sooner. Whoever comes still comes to what is left.</summary>
    public async Task EndAsync(Appointment series, bool isKnown, CancellationToken ct)
    {
        if (IsTold(series, series.Guests))
            await RequestAsync(series, isAskedAnew: !isKnown, ct);
    }

    /// <summary>Tells guests that it does not take place, or that one of its times does not; nothing where nobody was invited.</summary>
    /// <returns>True where they were told.</returns>
    public async Task<bool> CancelAsync(Appointment appointment, DateTime? at, IReadOnlyList<Guest> guests, CancellationToken ct)
    {
        if (!IsTold(appointment, guests))
            return false;
        var called = Now(CalendarText.Event(appointment, new HashSet<DateOnly>(), await OrganizerAsync(appointment, ct), site: null, await SeriesAsync(appointment, ct))) with
        {
            Attendees = [.. guests.Select(g => new Attendee(CalendarPerson.WithEmail(g.Email, g.Name)))],
        };
        if (at is { } time)
        {
            var id = appointment.IsAllDay ? CalendarTime.On(DateOnly.FromDateTime(time)) : CalendarTime.At(time, appointment.ZoneInfo);
            called = called with { RecurrenceId = id, Start = id, End = null, Rule = null, Except = [] };
        }

        var calendar = Invitation.Cancel(CalendarText.Product, called);
        foreach (var guest in guests)
            await SendAsync(appointment, guest, calendar, text["Called off: {0}", Line(appointment, at ?? appointment.LocalStart)], ct);
        return true;
    }

    /// <summary>Who invites: whose calendar it is.</summary>
    public async Task<CalendarPerson> OrganizerAsync(Appointment appointment, CancellationToken ct)
    {
        var id = appointment.Spine.OwnerId ?? (await db.RightsAsync(ct)).UserId ?? Guid.Empty;
        return await staff.PlacesAsync([id], ct) is [{ } owner] ? CalendarPerson.WithEmail(owner.Email, owner.Name)
            : throw new RuleViolation("whose", "Say in whose calendar it is: the invitation comes from there.");
    }

    private bool IsTold(Appointment appointment, IReadOnlyList<Guest> guests) => appointment.InvitedSequence is not null && guests.Count > 0 && mail.IsReady;

    private async Task RequestAsync(Appointment appointment, bool isAskedAnew, CancellationToken ct)
    {
        appointment.MarkInvited(isAskedAnew);
        var organizer = await OrganizerAsync(appointment, ct);
        var events = (appointment.SeriesKey is null
            ? CalendarText.Events(await WholeAsync(appointment, ct), _ => organizer, site: null)
            : [CalendarText.Event(appointment, new HashSet<DateOnly>(), organizer, site: null, await SeriesAsync(appointment, ct))]).Select(Now).ToList();
        var calendar = Invitation.Request(CalendarText.Product, events);
        foreach (var guest in appointment.Guests)
            await SendAsync(appointment, guest, calendar, text["Invitation: {0}", Line(appointment, appointment.LocalStart)], ct);
    }

    // Its time by now is what a single time of it is known by; whoever may see it or not.
    private async Task<Appointment?> SeriesAsync(Appointment single, CancellationToken ct) =>
        single.SeriesKey is { } id ? await db.Set<Appointment>().FirstOrDefaultAsync(a => a.Id == id, ct) : null;

    private async Task AddAsync(Appointment appointment, List<Guid> people, CancellationToken ct)
    {
        // Only whom the sender sees is written to.
        var seen = await (await db.VisibleAmongAsync(people, ct, ["person"])).AsNoTracking().ToDictionaryAsync(r => r.Id, r => r.Title, ct);
        // Who was invited before hears what becomes of it; nobody is invited by a way that he refused.
        var refused = await refusals.AmongAsync([.. seen.Keys.Where(p => !appointment.Guests.Exists(g => g.PersonId == p))], ActivitiesLists.Email, ct);
        if (refused.Count > 0)
            throw new RuleViolation("with", "{0} refused e-mail: tell them another way and take them off who is present, or note that they consent to it.", string.Join(", ", refused.Select(p => seen[p]).Order(StringComparer.CurrentCulture)));
        foreach (var source in emails)
        {
            foreach (var (person, email) in await source.FirstAsync(seen.Keys, ct))
            {
                if (!appointment.Guests.Exists(g => g.PersonId == person || g.Has(email)))
                    appointment.Guests.Add(Asked(new Guest(appointment.Id, email, seen[person], person), appointment));
            }
        }
    }

    // A series goes with its moved times, else their guests would be told of the old ones.
    private async Task<IReadOnlyList<Appointment>> WholeAsync(Appointment appointment, CancellationToken ct)
    {
        if (appointment.Rule is null)
            return [appointment];
        var singles = await (await db.VisibleAsync<Appointment>(ct)).Include(a => a.Spine).Include(a => a.Guests)
            .Where(a => a.SeriesKey == appointment.Id).ToListAsync(ct);
        // What was called off in this very unit stands otherwise in the database.
        singles = singles.FindAll(s => s.IsPlanned);
        foreach (var single in singles.Where(s => s.Guests.Count > 0))
            single.MarkInvited(single.IsChangedSinceInvited);
        return [appointment, .. singles.Where(s => s.Guests.Count > 0)];
    }

    private async Task SendAsync(Appointment appointment, Guest guest, CalendarObject calendar, string subject, CancellationToken ct)
    {
        var owner = appointment.Spine.OwnerId;
        var method = calendar.Method!.Value.ToString().ToUpperInvariant();
        var body = string.Join("\n\n", new[] { subject, appointment.Place, appointment.Text }.Where(t => !string.IsNullOrWhiteSpace(t)));
        await mail.SendAsync(new MailDraft([guest.Email], subject, body) { UserId = owner, RecordId = appointment.Id, Calendar = new MailCalendar(calendar.ToString(), method) }, ct);
    }

    private static Guest Asked(Guest guest, Appointment appointment)
    {
        guest.Ask(appointment.Sequence);
        return guest;
    }

    private CalendarEvent Now(CalendarEvent one) => one with { Stamp = clock.GetUtcNow().UtcDateTime };

    private static string Line(Appointment appointment, DateTime at) =>
        appointment.Subject.Trim() + ", " + at.ToString(appointment.IsAllDay ? "D" : "f", CultureInfo.CurrentCulture) + (appointment.IsAllDay ? "" : $" ({appointment.Zone})");
}
