using Crm.Kernel.Bulk;
using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Users;

/// <summary>Gives all records of one user to another: those he owns and those he is a further account manager of. They are the heir's at the commit; the rows follow in bulk.</summary>
internal sealed class HandOver(KernelDb db, BulkDoor bulk)
{
    /// <summary>Begins it, in the unit that runs where one does, and gives the act.</summary>
    public async Task<Guid> RunAsync(Guid from, Guid to, CancellationToken ct)
    {
        var id = Guid.Empty;
        await db.WriteAsync(
            async inner =>
            {
                var users = await db.Set<User>().Where(u => u.Id == from || u.Id == to).ToDictionaryAsync(u => u.Id, u => new { u.Name, u.DepartmentId }, inner);
                // Those in the bin by themselves: the owner's index has the others only, and without it everybody's records were read.
                var total = await db.Records.LongCountAsync(r => r.OwnerId == from && r.DeletedAt == null, inner) + await db.Records.LongCountAsync(r => r.OwnerId == from && r.DeletedAt != null, inner)
                    + await db.Set<RecordManager>().LongCountAsync(m => m.UserId == from, inner);
                // A successor without department leaves the records where they are.
                var told = new HandedOver(from, to, users[to].DepartmentId);
                var act = await bulk.BeginAsync(HandOverWork.Name, $"Handed over from {users[from].Name} to {users[to].Name}", told, total, inner);
                db.Add(new Heir { BulkId = act.Id, FromId = from, ToId = to, IsOwner = true });
                id = act.Id;
            },
            ct);
        bulk.Wake();
        return id;
    }
}
