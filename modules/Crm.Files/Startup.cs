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
    }

    /// <inheritdoc/>
    public override void Configure(IEndpointRouteBuilder routes) => FileEndpoints.Map(routes);
}
