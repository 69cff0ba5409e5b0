using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Recipes;

/// <summary>What a recipe says about roles beside the ready ones.</summary>
internal sealed record RolesWords(string Step, IReadOnlyList<RoleWords> Roles);

/// <summary>One role.</summary>
internal sealed record RoleWords(string Label, RoleScope Scope, IReadOnlyList<string> Permissions);

/// <summary>Makes the roles that are not there.</summary>
internal sealed class RolesStep(KernelDb db, AddRole add, PermissionCatalog catalog) : TypedStep<RolesWords>
{
    public override string Name => "roles";

    protected override void Check(RolesWords step)
    {
        foreach (var role in step.Roles ?? throw new RuleViolation("", "List the roles."))
            new RoleFields(role.Label ?? "", role.Scope, role.Permissions ?? []).Apply(new Role(), catalog);
    }

    protected override async Task RunAsync(RolesWords step, CancellationToken ct)
    {
        foreach (var role in step.Roles)
        {
            if (!await db.Set<Role>().AnyAsync(r => r.Label == role.Label, ct))
                await add.RunAsync(new RoleFields(role.Label, role.Scope, [.. role.Permissions]), ct);
        }
    }
}
