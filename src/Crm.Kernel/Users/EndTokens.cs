using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Users;

/// <summary>Ends all API tokens of a user, in the unit that runs.</summary>
internal static class EndTokens
{
    public static async Task StageAsync(KernelDb db, Guid user, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var token in await db.Set<ApiToken>().Where(t => t.UserId == user && t.RevokedAt == null).ToListAsync(ct))
            token.RevokedAt = now;
    }
}
