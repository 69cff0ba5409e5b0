using Crm.Abstractions.Data;
using Crm.Activities.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Calls;

/// <summary>The calls that are still to be made by the caller: his open tasks by phone, the most urgent first.</summary>
internal sealed class CallList(CrmDb db, TaskRows rows)
{
    /// <summary>More than anybody calls in a day.</summary>
    private const int Most = 500;

    public async Task<IReadOnlyList<Guid>> OpenAsync(CancellationToken ct) =>
        await (await CallsAsync(ct)).OrderBy(t => t.Due == null).ThenBy(t => t.Due).ThenBy(t => t.Id).Take(Most).Select(t => t.Id).ToListAsync(ct);

    public async Task<IQueryable<CrmTask>> CallsAsync(CancellationToken ct) =>
        (await rows.MineAsync(ct)).Where(t => t.Channel == ActivitiesLists.Phone && t.AboutId != null);

    /// <summary>One of the list, to be changed; null where it is not in it.</summary>
    public async Task<CrmTask?> FindAsync(Guid id, CancellationToken ct) =>
        await (await CallsAsync(ct)).AsTracking().Include(t => t.Spine.Abouts).Include(t => t.Steps).AsSplitQuery().FirstOrDefaultAsync(t => t.Id == id, ct);

    /// <summary>One that the caller ended himself, to be taken back.</summary>
    public async Task<CrmTask?> FindEndedAsync(Guid id, CancellationToken ct)
    {
        var me = (await db.RightsAsync(ct)).UserId;
        return await db.Set<CrmTask>().AsTracking().Include(t => t.Spine.Abouts).Include(t => t.Steps).AsSplitQuery()
            .FirstOrDefaultAsync(t => t.Id == id && t.State == TaskState.Done && t.CompletedByUserId == me && t.Spine.OwnerId == me && t.Spine.DeletedAt == null, ct);
    }
}
