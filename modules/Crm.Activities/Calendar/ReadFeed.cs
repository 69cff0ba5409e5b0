using System.Security.Cryptography;
using Crm.Abstractions.Data;
using Crm.Abstractions.Security;
using Crm.Activities.Appointments;
using Crm.Calendar.Events;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Calendar;

/// <summary>A user's calendar as other programs read it: what he sees of it, from ninety days ago to a year ahead.</summary>
internal sealed class ReadFeed(CrmDb db, IStaff staff, SeenGuests guests, TimeProvider clock)
{
    private const int DaysBack = 90;
    private const int DaysAhead = 366;
    private const int MostRows = 5_000;

    /// <summary>The calendar with the mark by which a reader knows that it has not changed; null where the user may not have one any more.</summary>
    public async Task<(byte[] Content, string Mark)?> RunAsync(Uri site, CancellationToken ct)
    {
        var rights = await db.RightsAsync(ct);
        if (rights.UserId is not { } me || !rights.May(ActivitiesPermissions.ViewCalendar))
            return null;
        var now = clock.GetUtcNow();
        var (from, to) = (now.AddDays(-DaysBack), now.AddDays(DaysAhead));
        var rows = await (await db.VisibleAsync<Appointment>(ct)).AsNoTracking().Include(a => a.Spine).Include(a => a.Skips).Include(a => a.Guests).AsSplitQuery()
            .Where(a => a.State == AppointmentState.Planned && a.FirstStart < to && a.LastEnd > from)
            .Taking(db, [me]).OrderBy(a => a.FirstStart).ThenBy(a => a.Id).Take(MostRows).ToListAsync(ct);
        await guests.LeaveAsync(rows, ct);
        var owners = (await staff.PlacesAsync([.. rows.Select(r => r.Spine.OwnerId).OfType<Guid>().Distinct()], ct)).ToDictionary(p => p.Id, p => CalendarPerson.WithEmail(p.Email, p.Name));
        var calendar = new CalendarObject
        {
            ProductId = CalendarText.Product,
            Method = CalendarMethod.Publish,
            Name = rights.Name,
            Refresh = TimeSpan.FromMinutes(30),
            Events = CalendarText.Events(rows, a => a.Guests.Count > 0 && a.Spine.OwnerId is { } owner ? owners.GetValueOrDefault(owner) : null, site),
        };
        var content = calendar.ToBytes();
        return (content, $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\"");
    }
}
