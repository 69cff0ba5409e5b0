using Microsoft.AspNetCore.Authorization;

namespace Crm.Abstractions.Security;

/// <summary>Names the permission that a page or endpoint asks for.</summary>
/// <param name="permission">The permission's name.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class PermissionAttribute(string permission) : AuthorizeAttribute(Prefix + permission)
{
    /// <summary>What the policy's name begins with.</summary>
    public const string Prefix = "permission:";

    /// <summary>The permission's name.</summary>
    public string Name { get; } = permission;
}
