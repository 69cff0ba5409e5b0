using Crm.Abstractions.Records;
using Crm.Kernel.Audit;
using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Bulk;

/// <summary>
/// Gives rows to another owner past the change tracker, in the unit that runs. Only the spine and the managers change:
/// versions and the audit are written here, the index follows in <see cref="TokenPass"/>.
/// </summary>
internal sealed class OwnerMove(KernelDb db, Actor actor, TimeProvider clock, BulkAct act)
{
    /// <param name="departments">The records, each with the department that it comes to: null leaves it, the empty id takes it away.</param>
    public async Task<BulkTally> OwnersAsync(Dictionary<Guid, Guid?> departments, Guid from, Guid to, CancellationToken ct)
    {
        var ids = departments.Keys.ToList();
        var before = await db.Records.AsNoTracking().Where(r => ids.Contains(r.Id) && r.OwnerId == from).Select(r => new { r.Id, r.DepartmentId }).ToListAsync(ct);
        var (now, by) = (clock.GetUtcNow(), actor.UserId);
        foreach (var group in before.GroupBy(r => departments[r.Id] is { } said ? said == Guid.Empty ? null : (Guid?)said : r.DepartmentId))
        {
            var (moved, department) = (group.Select(r => r.Id).ToList(), group.Key);
#pragma warning disable RS0030 // Raw writes are banned outside the bulk door, which this is: audit, undo and tokens are written beside it.
            await db.Records.Where(r => moved.Contains(r.Id)).ExecuteUpdateAsync(
                row => row.SetProperty(r => r.OwnerId, to).SetProperty(r => r.DepartmentId, department).SetProperty(r => r.Version, r => r.Version + 1)
                    .SetProperty(r => r.UpdatedAt, now).SetProperty(r => r.UpdatedById, by),
                ct);
#pragma warning restore RS0030
            await WriteAsync(group.Select(r => (r.Id, Entity: "Record", Action: "changed",
                Audited: department == r.DepartmentId ? (object)new { OwnerId = Pair(from, to) } : new { OwnerId = Pair(from, to), DepartmentId = Pair(r.DepartmentId, department) },
                Undone: department == r.DepartmentId ? (object)new { owner = Pair(from, to) } : new { owner = Pair(from, to), department = Pair(r.DepartmentId, department) })), ct);
        }

        await RefuseAsync([.. ids.Except(before.Select(b => b.Id))], ct);
        return new BulkTally { Done = before.Count, Failed = ids.Count - before.Count };
    }

    public async Task<BulkTally> ManagersAsync(List<Guid> ids, Guid from, Guid to, CancellationToken ct)
    {
        if (ids.Count == 0)
            return new BulkTally();
        var mine = await db.Set<RecordManager>().Where(m => m.UserId == from && ids.Contains(m.RecordId)).Select(m => m.RecordId).ToListAsync(ct);
        var has = (await db.Set<RecordManager>().Where(m => m.UserId == to && ids.Contains(m.RecordId)).Select(m => m.RecordId).ToListAsync(ct)).ToHashSet();
#pragma warning disable RS0030 // As above: the bulk door itself, with the audit below.
        await db.Set<RecordManager>().Where(m => m.UserId == from && mine.Contains(m.RecordId)).ExecuteDeleteAsync(ct);
#pragma warning restore RS0030
        var added = mine.FindAll(id => !has.Contains(id));
        await new BulkInsert(db).InsertAsync(db.Model.FindEntityType(typeof(RecordManager))!, added.Select(id => new RecordManager { UserId = to, RecordId = id }), ct);
        await WriteAsync(mine.Select(id => (id, "RecordManager", "changed", (object)new { UserId = Pair(from, to) }, (object)new { manager = Pair(from, has.Contains(id) ? null : to) })), ct);
        return new BulkTally { Done = mine.Count };
    }

    private static Guid?[] Pair(Guid? before, Guid? after) => [before, after];

    // Undoing finds some with another owner by now. Moving never does: whoever was faster has the record.
    private async Task RefuseAsync(List<Guid> ids, CancellationToken ct)
    {
        if (ids.Count > 0)
            await new BulkInsert(db).InsertAsync(db.Model.FindEntityType(typeof(BulkRow))!, ids.Select(id => new BulkRow { BulkId = act.Id, RecordId = id, Reason = "Somebody changed it since." }), ct);
    }

    private async Task WriteAsync(IEnumerable<(Guid Id, string Entity, string Action, object Audited, object Undone)> rows, CancellationToken ct)
    {
        var all = rows.ToList();
        var insert = new BulkInsert(db);
        await insert.InsertAsync(db.Model.FindEntityType(typeof(AuditChange))!, all.Select(r => new AuditChange { ActId = act.ActId, RecordId = r.Id, Entity = r.Entity, Action = r.Action, Changes = BulkText.Of(r.Audited) }), ct);
        await insert.InsertAsync(db.Model.FindEntityType(typeof(BulkRow))!, all.Select(r => new BulkRow { BulkId = act.Id, RecordId = r.Id, Changes = BulkText.Of(r.Undone) }), ct);
    }
}
