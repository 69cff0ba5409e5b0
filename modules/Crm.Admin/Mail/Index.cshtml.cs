using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Mail;
using Crm.Kernel.Records;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin.Mail;

/// <summary>What went out, what waits, and what an administrator has to decide.</summary>
[Permission("AdministerSite")]
internal sealed class IndexModel(KernelDb db, DecideMail decide, MailSettings settings) : PageModel
{
    private const int Size = 50;
    private static readonly MailState[] _open = [MailState.Refused, MailState.Unheard, MailState.GivenUp];
    private static readonly MailState[] _waiting = [MailState.Waiting, MailState.Sending];

    /// <summary><c>open</c>, <c>waiting</c> or <c>sent</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? After { get; set; }

    public bool IsReady => settings.IsReady;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public int Open { get; private set; }

    public int Waiting { get; private set; }

    public string? NextUrl { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        Open = await db.Set<SentMail>().CountAsync(m => _open.Contains(m.State), ct);
        Waiting = await db.Set<SentMail>().CountAsync(m => _waiting.Contains(m.State), ct);
        Show ??= Open > 0 ? "open" : "sent";
        var states = Show switch { "open" => _open, "waiting" => _waiting, _ => [MailState.Sent] };
        var mails = db.Set<SentMail>().AsNoTracking().Where(m => states.Contains(m.State) && (After == null || m.Id < After));
        Rows = await mails.OrderByDescending(m => m.Id).Take(Size + 1)
            .Select(m => new Row(m.Id, m.Addressees, m.Subject, m.State, m.At, m.SentAt, m.DueAt, m.Detail)).ToListAsync(ct);
        if (Rows.Count <= Size)
            return;
        Rows = Rows.Take(Size).ToList();
        NextUrl = $"/admin/mail?show={Show}&after={Rows[^1].Id}";
    }

    public async Task<IActionResult> OnPostAsync(Guid id, string? act, CancellationToken ct)
    {
        if (act is not ("again" or "drop"))
            return BadRequest();
        try
        {
            await decide.RunAsync(id, act == "again", ct);
        }
        catch (RecordMissing)
        {
            return NotFound();
        }

        return LocalRedirect("/admin/mail");
    }

    /// <summary>A mail as the list shows it.</summary>
    internal sealed record Row(Guid Id, string Addressees, string Subject, MailState State, DateTimeOffset At, DateTimeOffset? SentAt, DateTimeOffset? DueAt, string Detail);
}
