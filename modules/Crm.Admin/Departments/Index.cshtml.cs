using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Users;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin.Departments;

/// <summary>The tree of departments.</summary>
[Permission("AdministerUsers")]
internal sealed class IndexModel(KernelDb db) : PageModel
{
    public IReadOnlyList<DepartmentRow> Rows { get; private set; } = [];

    public IReadOnlyDictionary<Guid, int> People { get; private set; } = new Dictionary<Guid, int>();

    public async Task OnGetAsync(CancellationToken ct)
    {
        Rows = await DepartmentRows.ReadAsync(db, ct);
        People = await db.Set<User>().Where(u => u.DisabledAt == null && u.DepartmentId != null)
            .GroupBy(u => u.DepartmentId!.Value).ToDictionaryAsync(g => g.Key, g => g.Count(), ct);
    }
}
