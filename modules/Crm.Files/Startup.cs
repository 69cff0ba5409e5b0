using Crm.Abstractions.Jobs;
using Crm.Abstractions.Modules;
using Crm.Abstractions.Pages;
using Crm.Abstractions.Records;
using Crm.Files.Files;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Files;

/// <summary>What the module contributes.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc/>
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddMapping<FileMapping>();
        services.AddMigrations<FilesMigrations>();
        services.AddPermissions<FilesPermissions>();
        services.AddRecordType<FileRecord>();
        services.Contribute<Panel, FilePanel>();
        services.AddScoped<AddFile>();
        services.AddEventHandler<RecordsForgotten, WhenFilesForgotten>();
        services.AddScoped<ReadFile>();
        services.AddJob<RemoveRemains>(
            "files.remove-remains", "Remove remains of files", "Removes what is left of uploads that never ended, and contents that no file has any more.",
            JobSchedule.DailyAt(new TimeOnly(3, 10)));
    }

    /// <inheritdoc/>
    public override void Configure(IEndpointRouteBuilder routes) => FileEndpoints.Map(routes);
}
