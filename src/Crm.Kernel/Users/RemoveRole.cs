using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.MyDay;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Users;

/// <summary>Removes a role that nobody has, deactivated people included. The ready roles stay: the commands name them.</summary>
internal sealed class RemoveRole(KernelDb db, Actor actor)
{
    /// <exception cref="RuleViolation">It is a ready role, or somebody has it.</exception>
    public Task RunAsync(Guid id, CancellationToken ct) => db.WriteAsync(
        async inner =>
        {
            var role = await db.Set<Role>().Include(r => r.Permissions).FirstOrDefaultAsync(r => r.Id == id, inner) ?? throw new RecordMissing();
            if (role.Name == ReadyRoles.Customer || ReadyRoles.Staff.Contains(role.Name, StringComparer.Ordinal))
                throw new RuleViolation("", "The ready roles stay; take away what this one allows instead.");
            if (await db.Set<UserRole>().CountAsync(r => r.RoleId == id, inner) is > 0 and var holders)
                throw new RuleViolation("", "{0} users have this role: give them another one first.", holders);
            actor.What = $"Removed the role {role.Label}";
            db.RemoveRange(await db.Set<DayPlan>().Where(p => p.OwnerId == id).ToListAsync(inner));
            db.Remove(role);
        },
        ct);
}
