using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Security;

/// <summary>All permissions of the installed modules, and the ready roles that have them from the start.</summary>
internal sealed class PermissionCatalog(IEnumerable<IPermissionProvider> providers)
{
    public IReadOnlyList<Permission> All { get; } = providers.SelectMany(p => p.Permissions).DistinctBy(p => p.Name, StringComparer.Ordinal).ToList();

    public IReadOnlyDictionary<string, IReadOnlyList<Permission>> ByAssembly { get; } = providers
        .GroupBy(p => p.GetType().Assembly.GetName().Name!, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => (IReadOnlyList<Permission>)g.SelectMany(p => p.Permissions).ToList(), StringComparer.Ordinal);

    private readonly HashSet<string> _scoped = providers.SelectMany(p => p.Permissions).Where(p => p.IsScoped).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);

    private readonly IReadOnlyList<RoleDefault> _defaults = providers.SelectMany(p => p.Defaults).ToList();

    /// <summary>Says whether a role's scope limits the permission to rows.</summary>
    public bool IsScoped(string permission) => _scoped.Contains(permission);

    /// <summary>Makes the ready roles, and gives each the permissions of modules that are new since; what was decided stays.</summary>
    public async Task EnsureRolesAsync(KernelDb db, CancellationToken ct)
    {
        var roles = await db.Set<Role>().Include(r => r.Permissions).ToDictionaryAsync(r => r.Name, StringComparer.Ordinal, ct);
        foreach (var name in ReadyRoles.Staff.Prepend(ReadyRoles.Customer))
        {
            if (!roles.TryGetValue(name, out var role))
            {
                roles[name] = role = new Role { Name = name, Label = LabelOf(name), Scope = ScopeOf(name) };
                db.Add(role);
            }

            var decided = role.Permissions.Select(p => p.Permission).ToHashSet(StringComparer.Ordinal);
            foreach (var permission in _defaults.Where(d => string.Equals(d.Role, name, StringComparison.Ordinal)).SelectMany(d => d.Permissions))
            {
                if (decided.Add(permission.Name))
                    role.Permissions.Add(new RolePermission { RoleId = role.Id, Permission = permission.Name, IsGranted = true });
            }
        }

        await db.SaveChangesAsync(ct);
    }

    private static string LabelOf(string name) => char.ToUpperInvariant(name[0]) + name[1..].Replace('-', ' ');

    private static RoleScope ScopeOf(string name) => name switch
    {
        ReadyRoles.Sales or ReadyRoles.Customer => RoleScope.Own,
        ReadyRoles.PeopleManager => RoleScope.Department,
        _ => RoleScope.All,
    };
}
