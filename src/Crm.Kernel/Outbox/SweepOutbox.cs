using Crm.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Crm.Kernel.Outbox;

/// <summary>Removes messages that were delivered some days ago: the table holds what is on its way, and a little of what was.</summary>
internal sealed class SweepOutbox(KernelDb db, TimeProvider clock) : IJob
{
    private const int Chunk = 500;
    private static readonly TimeSpan _kept = TimeSpan.FromDays(7);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var before = clock.GetUtcNow() - _kept;
        var removed = 0;
        // Keys are in the order of time: the oldest stand first, and no further index is needed.
        while (await db.Set<OutboxMessage>().Where(m => m.DueAt == null && m.At < before).OrderBy(m => m.Id).Take(Chunk).ToListAsync(cancellationToken) is { Count: > 0 } old)
        {
            db.RemoveRange(old);
            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
            removed += old.Count;
        }

        context.Result = $"{removed} removed";
    }
}
