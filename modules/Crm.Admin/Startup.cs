using Crm.Abstractions.Modules;
using Crm.Admin.Import;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Admin;

/// <summary>What the module contributes.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc/>
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddNavigation<AdminMenu>();
        services.AddScoped<ImportDesk>();
        services.AddScoped<ImportMappings>();
    }
}
