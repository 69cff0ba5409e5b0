using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Crm.Activities.Cadence;

/// <summary>Writes the marks of customers that were there before a rule, and once a day looks through them all: what was brought in beside the server gets its marks, too. In short units, and where it was stopped it goes on.</summary>
[DisallowConcurrentExecution]
internal sealed class WriteMarks(CrmDb db, KeepMarks marks, TimeProvider clock) : IJob
{
    private const int Chunk = 500;
    private static readonly TimeSpan _again = TimeSpan.FromDays(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var count = await RunAsync(cancellationToken);
        context.Result = count == 0 ? null : $"{count} customers";
    }

    /// <summary>Says how many customers were gone through.</summary>
    public async Task<long> RunAsync(CancellationToken ct)
    {
        var count = 0L;
        foreach (var rule in await ActiveRule.AllAsync(db, ct))
        {
            for (var more = true; more;)
                await db.WriteAsync(async inner => (more, count) = await StepAsync(rule, count, inner), ct);
        }

        return count;
    }

    private async Task<(bool More, long Count)> StepAsync(ActiveRule rule, long count, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var now = clock.GetUtcNow();
        if (await db.Set<CadenceWalk>().FirstOrDefaultAsync(w => w.RuleId == rule.Id, ct) is not { } walk
            || (walk.WalkedTo is null && walk.DoneAt > now - _again))
            return (false, count);
        var (kinds, from) = (rule.Kinds, walk.WalkedTo ?? Guid.Empty);
        var ids = await db.Records.AsNoTracking().Where(r => r.Id > from && kinds.Contains(r.Kind)).OrderBy(r => r.Id).Take(Chunk).Select(r => r.Id).ToListAsync(ct);
        if (ids.Count > 0)
            await marks.AnewAsync(ids, [rule], ct);
        (walk.WalkedTo, walk.DoneAt) = ids.Count == Chunk ? ((Guid?)ids[^1], walk.DoneAt) : (null, now);
        await db.SaveChangesAsync(ct);
        return (ids.Count == Chunk, count + ids.Count);
    }
}
