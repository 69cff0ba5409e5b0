using System.Globalization;
using Crm.Abstractions.Data;
using Crm.Abstractions.Events;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Crm.Activities.Care;

/// <summary>Follows all care rules: tasks for whose day the time has come since the last run, none twice.</summary>
internal sealed class MakeCareTasks(CrmDb db, FollowCareRule follow) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var made = 0;
        foreach (var rule in await db.Set<CareRule>().AsNoTracking().OrderBy(r => r.Id).Select(r => r.Id).ToListAsync(cancellationToken))
            made += await follow.RunAsync(rule, cancellationToken);
        context.Result = made.ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>Follows a rule as soon as it is made or changed.</summary>
internal sealed class WhenCareRuleSet(FollowCareRule follow) : IOutboxHandler<CareRuleSet>
{
    public Task HandleAsync(Guid messageId, CareRuleSet fact, CancellationToken ct) => follow.RunAsync(fact.RuleId, ct);
}
