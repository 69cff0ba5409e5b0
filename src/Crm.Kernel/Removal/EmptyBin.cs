using Crm.Kernel.Settings;
using Quartz;

namespace Crm.Kernel.Removal;

/// <summary>Removes for good what has been in the bin for longer than the setting says; nothing where it says nothing.</summary>
internal sealed class EmptyBin(PurgeOld purge, SiteSettings settings) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var removed = settings.Now.BinDays is { } days ? await purge.RunAsync(days, null, cancellationToken) : 0;
        context.Result = $"{removed} removed";
    }
}
