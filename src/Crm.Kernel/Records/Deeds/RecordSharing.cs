using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Security;

namespace Crm.Kernel.Records.Deeds;

/// <summary>Shares in the unit that runs.</summary>
internal sealed class RecordSharing(KernelDb db, Actor actor, TimeProvider clock) : IRecordSharing
{
    public async Task<bool> ShareAsync(IRecord record, Guid userId, bool mayEdit, CancellationToken ct)
    {
        var share = await db.Set<RecordShare>().FindAsync([userId, record.Id], ct);
        var isNew = share is null;
        if (share is null)
            db.Add(share = new RecordShare { PrincipalId = userId, RecordId = record.Id, IsDerived = true });
        else if (share.MayEdit || !mayEdit)
            return false;
        (share.MayEdit, share.At, share.ById) = (mayEdit, clock.GetUtcNow(), actor.UserId);
        return isNew;
    }

    public async Task WithdrawAsync(IRecord record, Guid userId, CancellationToken ct)
    {
        if (await db.Set<RecordShare>().FindAsync([userId, record.Id], ct) is { IsDerived: true } share)
            db.Remove(share);
    }
}
