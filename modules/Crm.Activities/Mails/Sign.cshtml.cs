using Crm.Abstractions.Data;
using Crm.Abstractions.Security;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Mails;

/// <summary>What stands below one's own mails.</summary>
[Permission("SendMails")]
internal sealed class SignModel(CrmDb db, IStringLocalizer<ActivitiesText> text) : PageModel
{
    public const int Most = 2_000;

    [BindProperty]
    public string? Text { get; set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var me = (await db.RightsAsync(ct)).UserId;
        Text = await db.Set<Signature>().AsNoTracking().Where(s => s.UserId == me).Select(s => s.Text).FirstOrDefaultAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var said = (Text ?? "").Trim().ReplaceLineEndings("\n");
        if (said.Length > Most)
        {
            ModelState.AddModelError("Text", text["A signature has up to 2,000 letters."]);
            Response.StatusCode = 422;
            return Page();
        }

        var me = (await db.RightsAsync(ct)).UserId!.Value;
        if (await db.Set<Signature>().FindAsync([me], ct) is not { } signature)
            db.Add(signature = new Signature { UserId = me });
        signature.Text = said;
        await db.SaveChangesAsync(ct);
        TempData.Toast(text["Saved"]);
        return LocalRedirect("/activities/mails/signature");
    }
}
