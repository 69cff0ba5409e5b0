using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Users;

/// <summary>Deactivates a user and hands everything over that was his. He is out at his next request; history keeps his name.</summary>
internal sealed class DisableUser(KernelDb db, HandOver handOver, Actor actor, TimeProvider clock)
{
    /// <summary>Says how many records changed hands.</summary>
    /// <exception cref="RuleViolation">The last administrator, oneself, or a successor who can't take over.</exception>
    public async Task<int> RunAsync(Guid id, Guid? successor, CancellationToken ct)
    {
        if (id == actor.UserId)
            throw new RuleViolation("", "Nobody deactivates himself: ask another administrator.");
        await db.WriteAsync(
            async inner =>
            {
                var user = await UserQueries.FindAsync(db, id, inner);
                await Administrators.KeepOneAsync(db, id, inner);
                if (successor is { } to && (to == id || !await db.Set<User>().AnyAsync(u => u.Id == to && u.DisabledAt == null, inner)))
                    throw new RuleViolation("successor", "Choose somebody who is active and somebody else.");
                user.DisabledAt ??= clock.GetUtcNow();
                user.SecurityStamp = Stamps.New();
                actor.What = $"Deactivated the user {user.Name}";
            },
            ct);
        return successor is { } heir ? await handOver.RunAsync(id, heir, ct) : 0;
    }
}
