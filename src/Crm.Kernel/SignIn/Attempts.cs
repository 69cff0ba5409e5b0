using Crm.Kernel.Audit;
using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.SignIn;

/// <summary>Counts wrong answers of one user, one after the other, so that many tries at once are still counted; five close the account for five minutes.</summary>
internal sealed class Attempts(KernelDb db, Actor actor, TimeProvider clock)
{
    public const int Allowed = 5;
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    // Guesses that come at once would only break each other's unit off; in turn, each is counted.
    private static readonly SemaphoreSlim _turn = new(1, 1);

    public async Task<bool> IsLockedAsync(Guid user, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await db.Set<User>().AnyAsync(u => u.Id == user && u.LockedUntil > now, ct);
    }

    public async Task WrongAsync(Guid id, CancellationToken ct)
    {
        actor.What = "Gave a wrong password or code";
        await _turn.WaitAsync(ct);
        try
        {
            // Counted also for who hangs up before the answer.
            await db.WriteAsync(inner => CountAsync(id, inner), CancellationToken.None);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Forgets the wrong answers and writes down the sign-in; false where the account was closed meanwhile.</summary>
    public async Task<bool> RightAsync(Guid id, CancellationToken ct)
    {
        var may = false;
        actor.What = "Signed in";
        await db.WriteAsync(
            async inner =>
            {
                var user = await db.Set<User>().FirstAsync(u => u.Id == id, inner);
                may = user.DisabledAt is null && !(user.LockedUntil > clock.GetUtcNow());
                if (!may)
                    return;
                (user.AccessFailedCount, user.LockedUntil) = (0, null);
                db.Add(new AuditAct { At = clock.GetUtcNow(), UserId = id, Door = actor.Door, What = "Signed in" });
            },
            ct);
        return may;
    }

    private async Task CountAsync(Guid id, CancellationToken ct)
    {
        var user = await db.Set<User>().FirstAsync(u => u.Id == id, ct);
        if (user.LockedUntil > clock.GetUtcNow())
            return;
        user.AccessFailedCount++;
        if (user.AccessFailedCount >= Allowed)
            (user.AccessFailedCount, user.LockedUntil) = (0, clock.GetUtcNow() + Pause);
    }
}
