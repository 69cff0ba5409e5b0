using Crm.Abstractions.Data;
using Crm.Abstractions.Security;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Calendar;

/// <summary>Makes, renews and takes back the secret address of one's calendar. The address is shown once.</summary>
[Permission(ActivitiesPermissions.ViewCalendar)]
internal sealed class FeedPageModel(CrmDb db, TimeProvider clock, IStringLocalizer<ActivitiesText> text) : PageModel
{
    public DateTimeOffset? MadeAt { get; private set; }

    /// <summary>The new address; null where none was made just now.</summary>
    public string? Address { get; private set; }

    public async Task OnGetAsync(CancellationToken ct) => MadeAt = (await FindAsync(ct))?.MadeAt;

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        string secret;
        if (await FindAsync(ct) is { } old)
        {
            secret = old.Renew(now);
        }
        else
        {
            (var made, secret) = Feed.New((await db.RightsAsync(ct)).UserId!.Value, now);
            db.Add(made);
        }

        await db.SaveChangesAsync(ct);
        (MadeAt, Address) = (now, $"{Request.Scheme}://{Request.Host}/calendar/{secret}.ics");
        // Nobody finds it in a browser's memory.
        Response.Headers.CacheControl = "no-store";
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is { } feed)
        {
            db.Remove(feed);
            await db.SaveChangesAsync(ct);
        }

        TempData.Toast(text["The address leads nowhere now"]);
        return LocalRedirect("/activities/calendar/feed");
    }

    private async Task<Feed?> FindAsync(CancellationToken ct)
    {
        var me = (await db.RightsAsync(ct)).UserId;
        return await db.Set<Feed>().FirstOrDefaultAsync(f => f.UserId == me, ct);
    }
}
