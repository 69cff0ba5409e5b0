using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Crm.Kernel.Notifications;

/// <summary>The reader's notices, newest first.</summary>
[Authorize]
internal sealed class IndexModel(MyNotices mine) : PageModel
{
    private const int Size = 30;

    public IReadOnlyList<NoticeView> Rows { get; private set; } = [];

    public string? NextUrl { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid? after, Guid? open, CancellationToken ct)
    {
        if (open is { } id)
            return await mine.OpenAsync(id, ct) is { } url ? LocalRedirect(Url.IsLocalUrl(url) ? url : "/notifications") : NotFound();
        var rows = await mine.PageAsync(after, Size + 1, ct);
        Rows = rows.Take(Size).ToList();
        NextUrl = rows.Count > Size ? $"/notifications?after={Rows[^1].Id}" : null;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await mine.ReadAllAsync(ct);
        return LocalRedirect("/notifications");
    }
}
