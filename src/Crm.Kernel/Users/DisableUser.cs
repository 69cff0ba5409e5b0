using Crm.Abstractions.Records;
using Crm.Kernel.Bulk;
using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Users;

/// <summary>Deactivates a user and hands everything over that was his. He is out at his next request; history keeps his name.</summary>
internal sealed class DisableUser(KernelDb db, HandOver handOver, BulkDoor bulk, Actor actor, TimeProvider clock)
{
    /// <summary>Gives the bulk act by which his records change hands; null where nobody takes them over.</summary>
    /// <exception cref="RuleViolation">The last administrator, oneself, or a successor who can't take over.</exception>
    public async Task<Guid?> RunAsync(Guid id, Guid? successor, CancellationToken ct)
    {
        if (id == actor.UserId)
            throw new RuleViolation("", "Nobody deactivates himself: ask another administrator.");
        Guid? act = null;
        await db.WriteAsync(
            async inner =>
            {
                var user = await UserQueries.FindAsync(db, id, inner);
                await Administrators.KeepOneAsync(db, id, inner);
                if (successor is { } to && (to == id || !await db.Set<User>().AnyAsync(u => u.Id == to && u.DisabledAt == null, inner)))
                    throw new RuleViolation("successor", "Choose somebody who is active and somebody else.");
                user.DisabledAt ??= clock.GetUtcNow();
                user.SecurityStamp = Stamps.New();
                // Whoever activates him again does not know which of them are still in good hands.
                await EndTokens.StageAsync(db, id, clock.GetUtcNow(), inner);
                actor.What = $"Deactivated the user {user.Name}";
                // In the same unit: what was his is never nobody's.
                act = successor is { } heir ? await handOver.RunAsync(id, heir, inner) : null;
            },
            ct);
        bulk.Wake();
        return act;
    }
}
