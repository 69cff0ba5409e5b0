using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Activities.Calendar;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Appointments;

/// <summary>What is planned with a customer, the next first.</summary>
[Permission(ActivitiesPermissions.ViewCalendar)]
internal sealed class OfModel(CrmDb db, IUserZone zone, TimeProvider clock) : PageModel
{
    private const int Shown = 3;
    private const int MostRows = 200;

    public Guid Id { get; private set; }

    public bool MayEdit { get; private set; }

    public IReadOnlyList<(Guid Id, string Subject, string When)> Rows { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await (await db.VisibleAmongAsync([id], ct, ["person", "organization"])).AnyAsync(ct))
            return NotFound();
        (Id, MayEdit) = (id, (await db.RightsAsync(ct)).May(ActivitiesPermissions.EditCalendar));
        var now = clock.GetUtcNow();
        var rows = await (await db.VisibleAsync<Appointment>(ct)).AsNoTracking().Include(a => a.Skips)
            .Where(a => a.State == AppointmentState.Planned && a.LastEnd > now && db.Set<RecordAbout>().Any(r => r.RecordId == a.Id && r.AboutId == id))
            .OrderBy(a => a.FirstStart).ThenBy(a => a.Id).Take(MostRows).ToListAsync(ct);
        Rows = [.. rows.Select(a => (Row: a, Next: a.Between(now, Appointment.Never).FirstOrDefault())).Where(p => p.Next is not null).OrderBy(p => p.Next!.Start).Take(Shown)
            .Select(p => (p.Row.Id, p.Row.Subject, EntryModel.Words(p.Row, p.Next!, zone.Zone)))];
        return Page();
    }
}
