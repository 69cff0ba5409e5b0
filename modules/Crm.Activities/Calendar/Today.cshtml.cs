using Crm.Abstractions.Data;
using Crm.Abstractions.Security;
using Crm.Calendar.Zones;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Crm.Activities.Calendar;

/// <summary>The tile of today's calendar; tasks have a tile of their own.</summary>
[Permission(ActivitiesPermissions.ViewCalendar)]
internal sealed class TodayModel(CrmDb db, CalendarEntries entries, IUserZone zone, TimeProvider clock) : PageModel
{
    public IReadOnlyList<CalendarEntry> Entries { get; private set; } = [];

    public DateTimeOffset Now { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        Now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(LocalTimes.FromUtc(Now.UtcDateTime, zone.Zone));
        if ((await db.RightsAsync(ct)).UserId is { } me)
            Entries = await entries.ReadAsync([me], today, today, zone.Zone, withTasks: false, ct);
    }

    public string Time(DateTimeOffset at) => LocalTimes.FromUtc(at.UtcDateTime, zone.Zone).ToString("t", System.Globalization.CultureInfo.CurrentCulture);
}
