using Crm.Abstractions.Security;

namespace Crm.Kernel.Users;

/// <summary>A set of permissions and how far they reach.</summary>
internal sealed class Role
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public string Name { get; set; } = "";

    public string Label { get; set; } = "";

    public RoleScope Scope { get; set; }

    public List<RolePermission> Permissions { get; } = [];
}

/// <summary>A permission that was decided for a role: granted, or kept away from the defaults.</summary>
internal sealed class RolePermission
{
    public Guid RoleId { get; init; }

    public string Permission { get; init; } = "";

    public bool IsGranted { get; set; }
}
