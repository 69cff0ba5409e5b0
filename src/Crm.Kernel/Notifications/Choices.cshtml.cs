using Crm.Abstractions.Notifications;
using Crm.Kernel.Data;
using Crm.Kernel.RecordPages;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.Notifications;

/// <summary>How the reader wants to be mailed, kind by kind.</summary>
[Authorize]
internal sealed class ChoicesModel(KernelDb db, IEnumerable<NoticeKind> kinds, IStringLocalizerFactory texts, IStringLocalizer<PageText> text) : PageModel
{
    /// <summary>Kind → choice, as sent.</summary>
    [BindProperty]
    public Dictionary<string, string> Mail { get; set; } = [];

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public IEnumerable<SelectListItem> Ways =>
        [new(text["Only in the program"], nameof(NoticeMail.Never)), new(text["By mail, at once"], nameof(NoticeMail.AtOnce)), new(text["By mail, together every morning"], nameof(NoticeMail.Daily))];

    public async Task OnGetAsync(CancellationToken ct)
    {
        var me = (await db.RightsAsync(ct)).UserId;
        var chosen = await db.Set<NoticeChoice>().AsNoTracking().Where(c => c.UserId == me).ToDictionaryAsync(c => c.Kind, c => c.Mail, ct);
        Rows = [.. kinds.Select(k => new Row(k.Name, texts.Create(k.Texts)[k.Label], k.Icon, chosen.TryGetValue(k.Name, out var mail) ? mail : k.Mail))];
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if ((await db.RightsAsync(ct)).UserId is not { } me)
            return Forbid();
        var kept = await db.Set<NoticeChoice>().Where(c => c.UserId == me).ToDictionaryAsync(c => c.Kind, ct);
        foreach (var kind in kinds)
        {
            if (!Mail.TryGetValue(kind.Name, out var said))
                continue;
            if (!Enum.TryParse<NoticeMail>(said, out var mail) || !Enum.IsDefined(mail))
                return BadRequest();
            if (kept.TryGetValue(kind.Name, out var choice))
                choice.Mail = mail;
            else if (mail != kind.Mail)
                db.Add(new NoticeChoice { UserId = me, Kind = kind.Name, Mail = mail });
        }

        await db.SaveChangesAsync(ct);
        TempData.Toast(text["Saved"]);
        return LocalRedirect("/profile/notifications");
    }

    /// <summary>A kind with the reader's choice.</summary>
    internal sealed record Row(string Kind, string Label, string Icon, NoticeMail Mail);
}
