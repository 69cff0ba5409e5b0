using System.Globalization;
using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Crm.Activities.Care;

/// <summary>Follows all care rules: tasks for whose day the time has come since the last run, none twice. Mostly there is little to look at: who was changed since.</summary>
[DisallowConcurrentExecution]
internal sealed class MakeCareTasks(CrmDb db, FollowCareRule follow) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var made = await RunAsync(cancellationToken);
        context.Result = made == 0 ? null : made.ToString(CultureInfo.InvariantCulture);
    }

    /// <returns>How many tasks were made.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var made = 0;
        foreach (var rule in await db.Set<CareRule>().AsNoTracking().OrderBy(r => r.Id).Select(r => r.Id).ToListAsync(ct))
            made += await follow.RunAsync(rule, ct);
        return made;
    }
}
