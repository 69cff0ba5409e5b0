using Crm.Abstractions.Jobs;
using Crm.Abstractions.Modules;
using Crm.Abstractions.Records;
using Crm.Kernel.Privacy;
using Crm.Kernel.Search;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Removal;

/// <summary>The table of contents of the bin and of erasure.</summary>
internal static class RemovalServices
{
    public static void AddRemoval(this IServiceCollection services)
    {
        services.AddScoped<RecordBin>();
        services.AddScoped<RemoveRecords>();
        services.AddScoped<PurgeOld>();
        services.AddJob<EmptyBin>(
            "core.empty-bin", "Empty the bin", "Removes for good what has been in the bin for longer than the setting says; nothing where it says nothing.",
            JobSchedule.DailyAt(new TimeOnly(3, 30)));
        services.AddScoped<EraseRecord>();
        services.AddScoped<MakeReport>();
        services.AddSingleton<SettleIndex>();
        services.AddHostedService(s => s.GetRequiredService<SettleIndex>());
        services.AddEventHandler<RecordsForgotten, ForgetAudit>();
        services.AddEventHandler<RecordsForgotten, ForgetImports>();
        services.AddEventHandler<RecordsForgotten, ForgetCopies>();
    }
}
