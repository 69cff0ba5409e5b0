using Crm.Kernel.Data;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Setup;

/// <summary>Whether the server has an administrator. Once it has, that is remembered: asking costs nothing.</summary>
internal sealed class SetupState(IDbContextFactory<KernelDb> databases)
{
    private volatile bool _isDone;

    public async ValueTask<bool> IsDoneAsync(CancellationToken ct)
    {
        if (_isDone)
            return true;
        await using var db = await databases.CreateDbContextAsync(ct);
        return _isDone = await Administrators.ExistAsync(db, ct);
    }
}
