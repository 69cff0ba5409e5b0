using Crm.Abstractions.Security;
using Crm.Kernel.Bulk;
using Crm.Kernel.Data;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Security;

/// <summary>Reads what a user may do now: roles, rights and deactivation take effect at the next request.</summary>
internal sealed class RightsReader(IDbContextFactory<KernelDb> databases, PermissionCatalog permissions)
{
    public async Task<Rights> ReadAsync(Guid userId, Func<string, bool>? leaves, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var user = await db.Set<User>().AsNoTracking()
            .Where(u => u.Id == userId && u.DisabledAt == null)
            .Select(u => new { u.Name, u.DepartmentId, Further = u.FurtherDepartments.Select(d => d.DepartmentId).ToList() })
            .FirstOrDefaultAsync(ct);
        if (user is null)
            return Rights.Nobody;
        var grants = await (
            from has in db.Set<UserRole>().AsNoTracking()
            where has.UserId == userId
            join role in db.Set<Role>() on has.RoleId equals role.Id
            join permission in db.Set<RolePermission>() on role.Id equals permission.RoleId
            where permission.IsGranted
            select new { permission.Permission, role.Scope }).ToListAsync(ct);
        var scopes = grants
            .Where(g => leaves is null || leaves(g.Permission))
            .GroupBy(g => g.Permission)
            // What is not about rows, as a mail template that all use, reaches all of them.
            .ToDictionary(g => g.Key, g => permissions.IsScoped(g.Key) ? g.Max(x => x.Scope) : RoleScope.All, StringComparer.Ordinal);
        var own = user.Further.Concat(user.DepartmentId is { } main ? [main] : []).Distinct().ToList();
        var tree = own.Count == 0 ? [] : await DepartmentTree.BelowAsync(db, own, ct);
        return new Rights(userId, user.Name, scopes, own, tree, predecessors: Heirs.Before(await Heirs.AllAsync(db, ct), userId));
    }
}

/// <summary>Walks the tree of departments, which is small enough to be read whole.</summary>
internal static class DepartmentTree
{
    /// <summary>The departments and all below them.</summary>
    public static async Task<IReadOnlyList<Guid>> BelowAsync(DbContext db, IReadOnlyCollection<Guid> tops, CancellationToken ct)
    {
        var parents = await db.Set<Department>().AsNoTracking().Select(d => new { d.Id, d.ParentId }).ToListAsync(ct);
        var children = parents.ToLookup(d => d.ParentId, d => d.Id);
        var found = new HashSet<Guid>(tops);
        var open = new Queue<Guid>(tops);
        while (open.TryDequeue(out var next))
        {
            foreach (var child in children[next])
            {
                if (found.Add(child))
                    open.Enqueue(child);
            }
        }

        return found.ToList();
    }
}
