using Crm.Kernel.Bulk;
using Crm.Kernel.Data;
using Crm.Kernel.Users;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.BulkPages;

/// <summary>The acts on many records: one's own, and for an administrator all.</summary>
internal sealed class IndexModel(BulkDoor bulk, KernelDb db) : PageModel
{
    private const int Most = 50;

    public IReadOnlyList<BulkAct> Acts { get; private set; } = [];

    public IReadOnlyDictionary<Guid, string> Names { get; private set; } = new Dictionary<Guid, string>();

    public string? NextUrl { get; private set; }

    public bool IsLive => Acts.Any(a => a.IsLive);

    public async Task OnGetAsync(Guid? before, CancellationToken ct)
    {
        var mine = await bulk.MineAsync(ct);
        if (before is { } last)
            mine = mine.Where(a => a.Id.CompareTo(last) < 0);
        var acts = await mine.OrderByDescending(a => a.Id).Take(Most + 1).ToListAsync(ct);
        NextUrl = acts.Count > Most ? $"/acts?before={acts[Most - 1].Id}" : null;
        Acts = [.. acts.Take(Most)];
        var users = Acts.Select(a => a.UserId).OfType<Guid>().Distinct().ToList();
        Names = await db.Known.NamesAsync(users, ct);
    }
}
