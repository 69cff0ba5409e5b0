using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
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
        try
        {
            PlainText.Sound("Text", said, Most);
        }
        catch (RuleViolation wrong)
        {
            foreach (var (field, message) in wrong.Said(text))
                ModelState.AddModelError(field, message);
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
