using Crm.Abstractions.Data;
using Crm.Abstractions.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Tasks;

/// <summary>Makes the next task of a series in the unit in which one ends. Each day of a series has one task: ending one again, after it was opened again, makes no second.</summary>
internal sealed class FollowingTask(CrmDb db, IRecordSharing sharing, TimeProvider clock)
{
    public async Task MakeAsync(CrmTask ended, CancellationToken ct)
    {
        if (ended is not { SeriesKey: not null, OccursOn: not null })
            return;
        if (await NextAsync(ended, ct) is { } made)
        {
            if (made is { IsOpen: true, Spine.ErasedAt: null })
                made.Spine.DeletedAt = null;
            return;
        }

        var today = DateOnly.FromDateTime(LocalTime.Local(clock.GetUtcNow(), LocalTime.Zone(ended.Zone)));
        if (ended.NextDay(today) is not { } day)
            return;
        var next = ended.Following(day);
        db.Add(next);
        await sharing.CopyAsync(ended, next, ct);
    }

    /// <summary>Bins the one that followed, where nobody has touched it: what it followed is to be done again.</summary>
    public async Task TakeBackAsync(CrmTask opened, CancellationToken ct)
    {
        if (opened.SeriesKey is not null && await NextAsync(opened, ct) is { IsOpen: true } next && next.DueOn == next.OccursOn && !next.Steps.Exists(s => s.IsDone))
            next.Spine.DeletedAt ??= clock.GetUtcNow();
    }

    private Task<CrmTask?> NextAsync(CrmTask task, CancellationToken ct) => db.Set<CrmTask>().Include(t => t.Spine).Include(t => t.Steps)
        .Where(t => t.SeriesKey == task.SeriesKey && t.OccursOn > task.OccursOn).OrderBy(t => t.OccursOn).FirstOrDefaultAsync(ct);
}
