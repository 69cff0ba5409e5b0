using Crm.Abstractions.Modules;
using Crm.Kernel.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.CustomFields;

/// <summary>The table of contents of custom fields.</summary>
internal static class CustomFieldServices
{
    public static void AddCustomFields(this IServiceCollection services)
    {
        services.AddMapping<CustomFieldMapping>();
        services.AddSingleton<CustomFieldSet>();
        services.AddSingleton<IReloaded>(s => s.GetRequiredService<CustomFieldSet>());
        services.AddSingleton<CustomFieldWork>();
        services.AddHostedService(s => s.GetRequiredService<CustomFieldWork>());
        services.AddScoped<CrmFields>();
        services.AddScoped<SaveCustomField>();
        services.AddScoped<RetireCustomField>();
        services.AddScoped<MoveCustomField>();
        services.AddScoped<RequireField>();
    }
}
