using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Search;
using Crm.Kernel.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin.Users;

/// <summary>Everybody who can or could sign in.</summary>
[Permission("AdministerUsers")]
internal sealed class IndexModel(KernelDb db, TimeProvider clock) : PageModel
{
    private const int Most = 500;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Off { get; set; }

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var labels = await db.Set<Role>().AsNoTracking().ToDictionaryAsync(r => r.Id, r => r.Label, ct);
        var departments = await db.Set<Department>().AsNoTracking().ToDictionaryAsync(d => d.Id, d => d.Name, ct);
        var users = await db.Set<User>().AsNoTracking().Where(u => u.DisabledAt != null == Off)
            .Select(u => new { u.Id, u.Name, u.Email, u.DepartmentId, u.DisabledAt, u.LockedUntil, Roles = u.Roles.Select(r => r.RoleId).ToList() })
            .ToListAsync(ct);
        var words = Fold.Text(Q ?? "").Trim();
        Rows = users
            .Where(u => words.Length == 0 || Fold.Text(u.Name + " " + u.Email).Contains(words, StringComparison.Ordinal))
            .OrderBy(u => u.Name, StringComparer.CurrentCulture)
            .Take(Most)
            .Select(u => new Row(
                u.Id, u.Name, u.Email, u.Roles.Select(r => labels[r]).Order(StringComparer.CurrentCulture).ToList(),
                u.DepartmentId is { } d ? departments[d] : "", u.DisabledAt, u.LockedUntil > now))
            .ToList();
    }

    /// <summary>A user as the list shows him.</summary>
    internal sealed record Row(Guid Id, string Name, string Email, IReadOnlyList<string> Roles, string Department, DateTimeOffset? DisabledAt, bool IsLocked);
}
