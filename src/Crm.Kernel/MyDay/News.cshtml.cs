using Crm.Kernel.Notifications;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Crm.Kernel.MyDay;

/// <summary>The tile of the reader's newest notices.</summary>
internal sealed class NewsModel(MyNotices notices) : PageModel
{
    private const int Most = 6;

    public IReadOnlyList<NoticeView> Notices { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => Notices = await notices.PageAsync(null, Most, ct);
}
