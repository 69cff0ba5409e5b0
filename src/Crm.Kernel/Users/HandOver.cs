using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Users;

/// <summary>Gives all records of one user to another: those he owns and those he is a further account manager of. May be run again after an interruption.</summary>
internal sealed class HandOver(KernelDb db, Actor actor)
{
    // The writer is held for moments only, so that others save in between.
    private const int Chunk = 500;

    public async Task<int> RunAsync(Guid from, Guid to, CancellationToken ct)
    {
        var names = await db.Set<User>().Where(u => u.Id == from || u.Id == to).ToDictionaryAsync(u => u.Id, u => new { u.Name, u.DepartmentId }, ct);
        actor.What = $"Handed over from {names[from].Name} to {names[to].Name}";
        var moved = 0;
        while (await OwnedAsync(from, to, names[to].DepartmentId, ct) is > 0 and var count)
            moved += count;
        while (await ManagedAsync(from, to, ct) > 0)
        {
            // More may be left.
        }

        return moved;
    }

    private async Task<int> OwnedAsync(Guid from, Guid to, Guid? department, CancellationToken ct)
    {
        var count = 0;
        await db.WriteAsync(
            async inner =>
            {
                db.ChangeTracker.Clear();
                var spines = await db.Records.Where(r => r.OwnerId == from).OrderBy(r => r.Id).Take(Chunk).ToListAsync(inner);
                foreach (var spine in spines)
                {
                    spine.OwnerId = to;
                    // A successor without department leaves the records where they are.
                    spine.DepartmentId = department ?? spine.DepartmentId;
                }

                count = spines.Count;
            },
            ct);
        db.ChangeTracker.Clear();
        return count;
    }

    private async Task<int> ManagedAsync(Guid from, Guid to, CancellationToken ct)
    {
        var count = 0;
        await db.WriteAsync(
            async inner =>
            {
                db.ChangeTracker.Clear();
                var rows = await db.Set<RecordManager>().Where(m => m.UserId == from).OrderBy(m => m.RecordId).Take(Chunk).ToListAsync(inner);
                var ids = rows.ConvertAll(r => r.RecordId);
                var has = await db.Set<RecordManager>().Where(m => m.UserId == to && ids.Contains(m.RecordId)).Select(m => m.RecordId).ToListAsync(inner);
                db.RemoveRange(rows);
                db.AddRange(ids.Except(has).Select(id => new RecordManager { UserId = to, RecordId = id }));
                count = rows.Count;
            },
            ct);
        db.ChangeTracker.Clear();
        return count;
    }
}
