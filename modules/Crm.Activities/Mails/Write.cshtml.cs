using Crm.Abstractions.Data;
using Crm.Abstractions.Mail;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Activities.Cadence;
using Crm.Activities.Consents;
using Crm.Activities.Interactions;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Mails;

/// <summary>A mail to a customer, written on his page.</summary>
[Permission("SendMails")]
internal sealed class WriteModel(CrmDb db, LogInteraction log, IRecordReading records, SendMail send, Refusals refusals, TooOften often, SecondThoughts thoughts, IOutgoingMail mail, TimeProvider clock, IStringLocalizer<ActivitiesText> text) : PageModel
{
    public Guid Id { get; private set; }

    public string To { get; private set; } = "";

    public string Subject { get; private set; } = "";

    public string Text { get; private set; } = "";

    /// <summary>When and where the customer refused e-mail, or who else at these addresses did; null where nobody did.</summary>
    public string? Refusal { get; private set; }

    /// <summary>What is said where this mail would be one too many.</summary>
    public IReadOnlyList<string> Often { get; private set; } = [];

    /// <summary>The mail answers the customer or is about a contract, which may be sent all the same.</summary>
    public bool IsAnswer { get; private set; }

    public bool IsReady => mail.IsReady;

    public IReadOnlyList<string> Addresses { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Templates { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, Guid? template, string? to, CancellationToken ct)
    {
        if (await OpenAsync(id, ct) is not { } record)
            return NotFound();
        To = string.IsNullOrWhiteSpace(to) ? Addresses.FirstOrDefault() ?? "" : to;
        var rights = await db.RightsAsync(ct);
        var words = new Dictionary<string, string>(record.Words, StringComparer.OrdinalIgnoreCase) { ["me"] = rights.Name, ["title"] = record.Title };
        if (template is { } chosen && await (await db.VisibleAsync<MailTemplate>(ct)).AsNoTracking().FirstOrDefaultAsync(t => t.Id == chosen, ct) is { } from)
            (Subject, Text) = (MergeWords.Fill(from.Subject, words), MergeWords.Fill(from.Text, words));
        if (await db.Set<Signature>().AsNoTracking().FirstOrDefaultAsync(s => s.UserId == rights.UserId, ct) is { Text.Length: > 0 } signature)
            Text += "\n\n" + signature.Text;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, string? to, string? subject, string? body, bool isAnswer, CancellationToken ct)
    {
        if (await OpenAsync(id, ct) is null)
            return NotFound();
        (To, IsAnswer, Subject, Text) = (to ?? "", isAnswer, subject ?? "", (body ?? "").ReplaceLineEndings("\n"));
        Interaction logged;
        try
        {
            logged = await send.RunAsync(id, To, Subject, Text, isAnswer, ct);
        }
        catch (RuleViolation wrong)
        {
            foreach (var (field, message) in wrong.Said(text))
                ModelState.AddModelError(field, message);
            if (Refusal is null && wrong.Errors.ContainsKey("isAnswer"))
                Refusal = string.Join(' ', (await send.RefusedAsync(id, To, ct)).Select(r => r.In(text)));
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        Response.Toast(await thoughts.AfterAsync(Interaction.KindName, logged.Id, text["Mail on its way, and logged here"], ct));
        Response.Headers["HX-Trigger-After-Swap"] = "story-changed";
        ModelState.Clear();
        IsAnswer = false;
        return await OnGetAsync(id, null, null, ct);
    }

    private async Task<RecordWords?> OpenAsync(Guid id, CancellationToken ct)
    {
        Id = id;
        if (await log.FindAsync(id, ct) is null || await records.ReadAsync(id, ct) is not { } record)
            return null;
        Refusal = (await refusals.OfAsync(id, ActivitiesLists.Email, ct))?.In(text);
        Often = [.. (await often.WarnAsync(new PlannedContact([id], ActivitiesLists.Email, clock.GetUtcNow(), null), ct)).Select(w => w.In(text))];
        Addresses = [.. record.Values.GetValueOrDefault("emails", []).Select(e => e.Value)];
        Templates = await (await db.VisibleAsync<MailTemplate>(ct)).AsNoTracking().OrderBy(t => t.Spine.SortKey).Select(t => new SelectListItem(t.Name, t.Id.ToString())).Take(200).ToListAsync(ct);
        return record;
    }
}
