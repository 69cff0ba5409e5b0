using Crm.Abstractions.Modules;
using Crm.Kernel.Modules;
using Crm.Kernel.Recipes;
using Crm.Kernel.Settings;
using Crm.Kernel.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Setup;

/// <summary>The table of contents of set-up and settings.</summary>
internal static class SetupServices
{
    public static void AddSetup(this IServiceCollection services)
    {
        services.AddSingleton<SiteSettings>();
        services.AddSingleton<ISite>(s => s.GetRequiredService<SiteSettings>());
        services.AddSingleton<IReloaded>(s => s.GetRequiredService<SiteSettings>());
        services.AddSingleton<IReloaded>(s => s.GetRequiredService<ModuleSwitches>());
        services.AddSingleton<NodeSignal>();
        services.AddHostedService(s => s.GetRequiredService<NodeSignal>());
        services.AddScoped<ChangeSite>();
        services.AddSingleton<SetupCode>();
        services.AddSingleton<SetupState>();
        services.AddScoped<SetUpSite>();
        services.AddHostedService<SetupNotice>();
        services.AddRecipes();
        services.AddUserVerbs();
    }
}
