using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Users;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin.Roles;

/// <summary>The roles, ready and own.</summary>
[Permission("AdministerUsers")]
internal sealed class IndexModel(KernelDb db) : PageModel
{
    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        var people = await (
            from user in db.Set<User>()
            where user.DisabledAt == null
            from has in user.Roles
            group has by has.RoleId into g
            select new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var roles = await db.Set<Role>().AsNoTracking()
            .Select(r => new { r.Id, r.Label, r.Scope, Permissions = r.Permissions.Count(p => p.IsGranted) }).ToListAsync(ct);
        Rows = roles.Select(r => new Row(r.Id, r.Label, r.Scope, r.Permissions, people.GetValueOrDefault(r.Id)))
            .OrderBy(r => r.Label, StringComparer.CurrentCulture).ToList();
    }

    public string Words(RoleScope scope) => ScopeWords.Of(scope);

    /// <summary>A role as the list shows it.</summary>
    internal sealed record Row(Guid Id, string Label, RoleScope Scope, int Permissions, int People);
}

/// <summary>How far a role reaches, in words.</summary>
internal static class ScopeWords
{
    public static string Of(RoleScope scope) => scope switch
    {
        RoleScope.Own => "Own and shared records",
        RoleScope.Department => "Records of the department and below",
        _ => "All records",
    };
}
