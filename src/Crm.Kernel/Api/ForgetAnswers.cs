using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Crm.Kernel.Api;

/// <summary>Removes answers that were kept for repeated requests: nobody repeats one after two days.</summary>
internal sealed class ForgetAnswers(KernelDb db, TimeProvider clock) : IJob
{
    private const int Chunk = 200;
    private static readonly TimeSpan _kept = TimeSpan.FromDays(2);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var before = clock.GetUtcNow() - _kept;
        var removed = 0;
        while (true)
        {
            var old = await db.Set<IdempotentAnswer>().Where(a => a.At < before).OrderBy(a => a.At).Take(Chunk).ToListAsync(cancellationToken);
            if (old.Count == 0)
                break;
            db.RemoveRange(old);
            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
            removed += old.Count;
        }

        context.Result = $"{removed} removed";
    }
}
