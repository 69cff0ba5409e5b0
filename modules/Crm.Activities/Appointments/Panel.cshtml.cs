using Crm.Abstractions.Data;
using Crm.Abstractions.Security;
using Crm.Activities.Calendar;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Crm.Activities.Appointments;

/// <summary>When an appointment is, who was invited, and what can be done with it.</summary>
[Permission(ActivitiesPermissions.ViewCalendar)]
internal sealed class PanelModel(CrmDb db, MoveAppointment move, SeenGuests guests, IUserZone zone, TimeProvider clock) : PageModel
{
    public Appointment Appointment { get; private set; } = null!;

    /// <summary>Its next time, else its last; null where all are left out.</summary>
    public Occurrence? One { get; private set; }

    public string When => One is null ? "" : EntryModel.Words(Appointment, One, zone.Zone);

    public bool IsOver => One is not null && One.Start <= clock.GetUtcNow();

    public bool MayEdit { get; private set; }

    /// <summary>The guests whom the reader may know; of the others he reads that they are.</summary>
    public IReadOnlySet<Guid> Seen { get; private set; } = new HashSet<Guid>();

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await move.ReadAsync(id, ct) is not { } found)
            return NotFound();
        Appointment = found;
        Seen = await guests.OfAsync([found], ct);
        MayEdit = await db.MayAsync(ActivitiesPermissions.EditCalendar, found.Spine, ct);
        var now = clock.GetUtcNow();
        One = found.NextAfter(now) ?? found.Between(now.AddYears(-1), now.AddDays(1)).LastOrDefault() ?? found.At(found.LocalStart);
        return Page();
    }
}
