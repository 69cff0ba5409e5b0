using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Users;

/// <summary>Changes what is known about a user, his roles and departments. Effective at his next request.</summary>
internal sealed class ChangeUser(KernelDb db, ILookupNormalizer normalizer, Actor actor)
{
    /// <exception cref="RuleViolation">Something given is wrong, or the last administrator would lose the role.</exception>
    public async Task RunAsync(Guid id, UserFields fields, CancellationToken ct)
    {
        await db.WriteAsync(
            async inner =>
            {
                var user = await UserQueries.FindAsync(db, id, inner);
                if (fields.Roles is { } roles && !roles.Contains(ReadyRoles.Administrator, StringComparer.Ordinal))
                    await Administrators.KeepOneAsync(db, id, inner);
                await fields.ApplyAsync(db, user, normalizer, inner);
                actor.What = $"Changed the user {user.Name}";
            },
            ct);
    }
}
