using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Users;

/// <summary>Those who have the ready role that can't lose its rights. There is always one.</summary>
internal static class Administrators
{
    public static async Task<bool> ExistAsync(KernelDb db, CancellationToken ct) => await Those(db).AnyAsync(ct);

    /// <summary>Throws where the user is the only one left. Asked inside the unit that would take the role or the person away.</summary>
    public static async Task KeepOneAsync(KernelDb db, Guid leaving, CancellationToken ct)
    {
        if (await Those(db).AnyAsync(u => u.Id == leaving, ct) && !await Those(db).AnyAsync(u => u.Id != leaving, ct))
            throw new RuleViolation("", "This is the last administrator: make somebody else one first.");
    }

    private static IQueryable<User> Those(KernelDb db) =>
        from user in db.Set<User>()
        where user.DisabledAt == null
        from has in user.Roles
        join role in db.Set<Role>() on has.RoleId equals role.Id
        where role.Name == ReadyRoles.Administrator
        select user;
}
