using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Users;

/// <summary>Changes what a role allows and how far it reaches. Effective at the next request of everybody who has it.</summary>
internal sealed class ChangeRole(KernelDb db, PermissionCatalog catalog, Actor actor)
{
    /// <exception cref="Abstractions.Records.RuleViolation">Something given is wrong.</exception>
    public async Task RunAsync(Guid id, RoleFields fields, CancellationToken ct)
    {
        await db.WriteAsync(
            async inner =>
            {
                var role = await db.Set<Role>().Include(r => r.Permissions).FirstOrDefaultAsync(r => r.Id == id, inner) ?? throw new RecordMissing();
                actor.What = $"Changed the role {role.Label}";
                fields.Apply(role, catalog);
            },
            ct);
    }
}
