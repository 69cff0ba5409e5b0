using Crm.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Bulk;

/// <summary>Whose records count as whose while hand-overs run. Mostly there are none.</summary>
internal static class Heirs
{
    public static Task<List<Heir>> AllAsync(DbContext db, CancellationToken ct) => db.Set<Heir>().AsNoTracking().ToListAsync(ct);

    /// <summary>The users whose records are a user's by right, though they may still stand under their names: along the whole chain.</summary>
    public static IReadOnlyList<Guid> Before(IReadOnlyList<Heir> heirs, Guid user)
    {
        if (heirs.Count == 0)
            return [];
        var found = new List<Guid>();
        var open = new Queue<Guid>([user]);
        while (open.TryDequeue(out var to))
        {
            foreach (var from in heirs.Where(h => h.IsOwner && h.ToId == to).Select(h => h.FromId))
            {
                if (from == user || found.Contains(from))
                    continue;
                found.Add(from);
                open.Enqueue(from);
            }
        }

        return found;
    }

    /// <summary>Other tokens under which the index may still hold what a reader sees: it is behind until the hand-over ends.</summary>
    public static IEnumerable<Guid> Stale(IReadOnlyList<Heir> heirs, Guid user, bool reachesDepartments) =>
        heirs.Where(h => reachesDepartments || h.ToId == user).Select(h => h.FromId).Concat(Before(heirs, user)).Where(id => id != user).Distinct();

    /// <summary>An act that is taken back gives nobody anything any more; while it goes back, only the index is behind.</summary>
    public static async Task TurnAsync(KernelDb db, BulkAct act, BulkAct undo, CancellationToken ct)
    {
        if (act.Kind != HandOverWork.Name)
            return;
        if (await db.Set<Heir>().FirstOrDefaultAsync(h => h.BulkId == act.Id, ct) is { } heir)
            db.Remove(heir);
        var told = act.Told<HandedOver>();
        db.Add(new Heir { BulkId = undo.Id, FromId = told.To, ToId = told.From, IsOwner = false });
    }
}
