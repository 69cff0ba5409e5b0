using Crm.Kernel.Audit;
using Crm.Kernel.Security;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Bulk;

/// <summary>Makes a scope the act's: by the rights of who asked, under the act's one row of the audit.</summary>
internal static class BulkScope
{
    public static void Enter(IServiceProvider scope, BulkAct act)
    {
        var actor = scope.GetRequiredService<Actor>();
        (actor.UserId, actor.IsSystem, actor.Door, actor.What) = (act.RunsAsId, act.RunsAsId is null, "bulk", act.What);
        actor.Act = new OneAct { Id = act.ActId, IsWritten = true };
    }
}
