using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Quartz;

namespace Crm.Kernel.Api;

/// <summary>Removes answers that were kept for repeated requests: nobody repeats one after two days.</summary>
internal sealed class ForgetAnswers(KernelDb db, TimeProvider clock) : IJob
{
    private static readonly TimeSpan _kept = TimeSpan.FromDays(2);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var before = clock.GetUtcNow() - _kept;
        var removed = await OldRows.RemoveAsync(db, db.Set<IdempotentAnswer>().Where(a => a.At < before).OrderBy(a => a.At), cancellationToken);
        context.Result = $"{removed} removed";
    }
}
