using System.Globalization;
using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Crm.Activities.Cadence;

/// <summary>Writes the marks of customers that were there before a rule, and once a day looks through them all: what was brought in beside the server gets its marks, too. In short units, and where it was stopped it goes on.</summary>
[DisallowConcurrentExecution]
internal sealed class WriteMarks(CrmDb db, KeepMarks marks, TimeProvider clock) : IJob
{
    private const int Chunk = 500;
    private static readonly IReadOnlyList<string> _kinds = Customer.Kinds[Customer.Both];
    private static readonly TimeSpan _again = TimeSpan.FromDays(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var count = await RunAsync(cancellationToken);
        context.Result = count == 0 ? null : count.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Says how many customers were gone through.</summary>
    public async Task<long> RunAsync(CancellationToken ct)
    {
        var (all, more) = (0L, true);
        while (more)
        {
            var step = 0;
            await db.WriteAsync(async inner => (more, step) = await StepAsync(inner), ct);
            all += step;
        }

        return all;
    }

    // The rules go together as soon as the later ones have caught up with the earlier.
    private async Task<(bool More, int Count)> StepAsync(CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var now = clock.GetUtcNow();
        var rules = await ActiveRule.AllAsync(db, ct);
        var (ids, due) = (rules.ConvertAll(r => r.Id), now - _again);
        var walks = await db.Set<CadenceWalk>().Where(w => ids.Contains(w.RuleId) && (w.WalkedTo != null || w.DoneAt == null || w.DoneAt <= due)).ToListAsync(ct);
        if (walks.Count == 0)
            return (false, 0);
        var from = walks.Select(w => w.WalkedTo ?? Guid.Empty).MinBy(id => id.ToString("N"), StringComparer.Ordinal);
        var records = await db.Records.AsNoTracking().Where(r => r.Id > from && _kinds.Contains(r.Kind)).OrderBy(r => r.Id).Take(Chunk).Select(r => r.Id).ToListAsync(ct);
        var (isLast, to) = (records.Count < Chunk, records.Count == 0 ? from : records[^1]);
        // Compared as the database does, which orders by bytes.
        walks.RemoveAll(w => !isLast && w.WalkedTo is { } at && string.CompareOrdinal(at.ToString("N"), to.ToString("N")) > 0);
        if (records.Count > 0)
            await marks.AnewAsync(records, rules.FindAll(r => walks.Exists(w => w.RuleId == r.Id)), ct);
        foreach (var walk in walks)
        {
            walk.WalkedTo = isLast ? null : to;
            walk.DoneAt = isLast ? now : walk.DoneAt;
        }

        await db.SaveChangesAsync(ct);
        return (true, records.Count);
    }
}
