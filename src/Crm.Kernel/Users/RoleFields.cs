using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Security;

namespace Crm.Kernel.Users;

/// <summary>What is said about a role when it is made or changed.</summary>
/// <param name="Permissions">Names of the permissions that it grants; all others are kept from it.</param>
internal sealed record RoleFields(string Label, RoleScope Scope, IReadOnlyCollection<string> Permissions)
{
    /// <summary>Writes the fields to a role; throws with what is wrong.</summary>
    public void Apply(Role role, PermissionCatalog catalog)
    {
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(Label) || Label.Length > 100)
            errors["label"] = ["Give a name, up to 100 characters."];
        if (!Enum.IsDefined(Scope))
            errors["scope"] = ["Choose how far the role reaches."];
        var known = catalog.All.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        if (Permissions.FirstOrDefault(p => !known.Contains(p)) is { } unknown)
            errors["permissions"] = [$"There is no permission {unknown}."];
        if (role.Name == ReadyRoles.Administrator && (Scope != RoleScope.All || Missing(CorePermissions.AdministerUsers) || Missing(CorePermissions.AdministerSite)))
            errors["permissions"] = ["The administrator keeps the administration of users and of the site, and sees everything: else nobody could give it back."];
        if (errors.Count > 0)
            throw new RuleViolation(errors);
        (role.Label, role.Scope) = (Label.Trim(), Scope);
        foreach (var name in known)
        {
            // What isn't granted is written down too, so that a later default doesn't give it back.
            var granted = Permissions.Contains(name, StringComparer.Ordinal);
            if (role.Permissions.Find(p => p.Permission == name) is { } decided)
                decided.IsGranted = granted;
            else
                role.Permissions.Add(new RolePermission { RoleId = role.Id, Permission = name, IsGranted = granted });
        }
    }

    private bool Missing(Permission permission) => !Permissions.Contains(permission.Name, StringComparer.Ordinal);
}
