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
        services.AddSingleton<PurgeDaily>();
        services.AddHostedService(s => s.GetRequiredService<PurgeDaily>());
        services.AddScoped<EraseRecord>();
        services.AddScoped<MakeReport>();
        services.AddSingleton<SettleIndex>();
        services.AddHostedService(s => s.GetRequiredService<SettleIndex>());
        services.AddEventHandler<RecordsForgotten, ForgetAudit>();
        services.AddEventHandler<RecordsForgotten, ForgetImports>();
        services.AddEventHandler<RecordsForgotten, ForgetAnswers>();
    }
}
