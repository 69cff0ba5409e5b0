using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Data;

/// <summary>Removes rows that were kept for a while, a part at a time: who saves meanwhile does not wait for all of them.</summary>
internal static class OldRows
{
    private const int Chunk = 500;

    /// <param name="old">What is to go, in an order that an index has.</param>
    public static async Task<int> RemoveAsync<T>(KernelDb db, IQueryable<T> old, CancellationToken ct)
        where T : class
    {
        var removed = 0;
        while (await old.Take(Chunk).ToListAsync(ct) is { Count: > 0 } rows)
        {
            db.RemoveRange(rows);
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
            removed += rows.Count;
        }

        return removed;
    }
}
