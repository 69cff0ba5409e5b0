using Crm.Kernel.Data;
using Crm.Kernel.Security;

namespace Crm.Kernel.Users;

/// <summary>Lets a deactivated user sign in again. What was handed over stays where it is.</summary>
internal sealed class EnableUser(KernelDb db, Actor actor)
{
    public async Task RunAsync(Guid id, CancellationToken ct)
    {
        await db.WriteAsync(
            async inner =>
            {
                var user = await UserQueries.FindAsync(db, id, inner);
                user.DisabledAt = null;
                (user.AccessFailedCount, user.LockedUntil) = (0, null);
                actor.What = $"Activated the user {user.Name}";
            },
            ct);
    }
}
