using System.Globalization;
using Crm.Abstractions.Data;
using Crm.Abstractions.Security;
using Crm.Activities.Consents;
using Crm.Activities.Interactions;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Cadence;

/// <summary>The piece of a form that warns before a contact that was refused, or one too many, is saved; nothing where all is well.</summary>
[Permission(ActivitiesPermissions.Edit)]
internal sealed class WarningModel(CrmDb db, TooOften often, Refusals refusals, IUserZone zone, TimeProvider clock, IStringLocalizer<ActivitiesText> text) : PageModel
{
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>What is said where the customer does not want to be contacted so.</summary>
    public IReadOnlyList<string> Refused { get; private set; } = [];

    public async Task OnGetAsync([FromQuery(Name = "Input.About")] Guid? about, [FromQuery(Name = "Input.Channel")] string? channel, [FromQuery(Name = "Input.At")] string? at, [FromQuery(Name = "Input.Direction")] Direction direction, CancellationToken ct)
    {
        if (about is not { } id || string.IsNullOrEmpty(channel) || !await (await db.VisibleAmongAsync([id], ct, Customer.Kinds[Customer.Both])).AnyAsync(ct))
            return;
        var when = DateTime.TryParseExact(at, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is > 1900 and < 9000
            ? LocalTime.Utc(local, zone.Zone) : clock.GetUtcNow();
        Warnings = [.. (await often.WarnAsync(new PlannedContact([id], channel, when, null), ct)).Select(w => w.In(text))];
        if (direction == Direction.Outgoing)
            Refused = [.. (await refusals.WarnAsync([id], channel, when, ct)).Select(w => w.In(text))];
    }
}
