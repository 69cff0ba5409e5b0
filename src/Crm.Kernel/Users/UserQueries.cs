using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Users;

/// <summary>Reads of users that several verbs and pages need.</summary>
internal static class UserQueries
{
    /// <summary>A user with roles and departments, to be changed.</summary>
    /// <exception cref="RecordMissing">There is none.</exception>
    public static async Task<User> FindAsync(KernelDb db, Guid id, CancellationToken ct) =>
        await db.Set<User>().Include(u => u.Roles).Include(u => u.FurtherDepartments).AsSplitQuery().FirstOrDefaultAsync(u => u.Id == id, ct)
        ?? throw new RecordMissing();

    /// <summary>Those who can sign in, by name.</summary>
    public static IQueryable<User> Active(KernelDb db) => db.Set<User>().AsNoTracking().Where(u => u.DisabledAt == null).OrderBy(u => u.Name);
}
