using Crm.Kernel.Data;
using Quartz;

namespace Crm.Kernel.Outbox;

/// <summary>Removes messages that were delivered some days ago: the table holds what is on its way, and a little of what was.</summary>
internal sealed class SweepOutbox(KernelDb db, TimeProvider clock) : IJob
{
    private static readonly TimeSpan _kept = TimeSpan.FromDays(7);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var before = clock.GetUtcNow() - _kept;
        // Keys are in the order of time: the oldest stand first, and no further index is needed.
        var removed = await OldRows.RemoveAsync(db, db.Set<OutboxMessage>().Where(m => m.DueAt == null && m.At < before).OrderBy(m => m.Id), cancellationToken);
        context.Result = $"{removed} removed";
    }
}
