using Crm.Abstractions.Modules;
using Crm.Kernel.Bulk;
using Crm.Kernel.Commands.Door;
using Crm.Kernel.Export;
using Crm.Kernel.Generate;
using Crm.Kernel.Import;
using Crm.Kernel.Samples;
using Crm.Kernel.Search;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Commands;

/// <summary>What the commands need of the container.</summary>
internal static class CommandServices
{
    public static void AddCommands(this IServiceCollection services)
    {
        services.AddSingleton<CommandRunner>();
        services.AddHostedService<CommandListener>();
        services.AddMapping<ImportMapping>();
        services.AddMapping<SavedMappingMapping>();
        services.AddScoped<PlanImport>();
        services.AddScoped<ImportRun>();
        services.AddScoped<UndoImport>();
        services.AddBulkWork<UndoImportWork>(UndoImportWork.Name);
        services.AddSingleton<ImportFiles>();
        services.AddSingleton<ImportQueue>();
        services.AddHostedService<ImportWorker>();
        services.AddScoped<ExportRecords>();
        services.AddSingleton<RebuildIndex>();
        services.AddSingleton<CompareIndex>();
        services.AddSingleton<AddSample>();
        services.AddScoped<GenerateCompany>();
    }
}
