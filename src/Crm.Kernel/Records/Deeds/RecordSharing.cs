using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

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

    public async Task CopyAsync(IRecord from, IRecord to, CancellationToken ct)
    {
        var shares = await db.Set<RecordShare>().AsNoTracking().Where(s => s.RecordId == from.Id && !s.IsDerived).ToListAsync(ct);
        db.AddRange(shares.Select(s => new RecordShare { PrincipalId = s.PrincipalId, RecordId = to.Id, MayEdit = s.MayEdit, At = s.At, ById = s.ById }));
        var managers = await db.Set<RecordManager>().AsNoTracking().Where(m => m.RecordId == from.Id).ToListAsync(ct);
        db.AddRange(managers.Select(m => new RecordManager { RecordId = to.Id, UserId = m.UserId }));
    }
}
