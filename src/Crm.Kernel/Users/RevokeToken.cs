using Crm.Kernel.Audit;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Users;

/// <summary>Ends an API token at once.</summary>
internal sealed class RevokeToken(KernelDb db, Actor actor, TimeProvider clock)
{
    /// <param name="id">The token.</param>
    /// <param name="owner">Whose it must be.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="RecordMissing">There is none, or it is somebody else's.</exception>
    public async Task RunAsync(Guid id, Guid owner, CancellationToken ct)
    {
        await db.WriteAsync(
            async inner =>
            {
                var token = await db.Set<ApiToken>().FirstOrDefaultAsync(t => t.Id == id && t.UserId == owner, inner)
                    ?? throw new RecordMissing();
                if (token.RevokedAt is not null)
                    return;
                token.RevokedAt = clock.GetUtcNow();
                db.Add(new AuditAct { At = clock.GetUtcNow(), UserId = actor.UserId, Door = actor.Door, What = $"Ended the API token {token.Name}" });
            },
            ct);
    }
}
