using Crm.Abstractions.Modules;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Crm.Kernel.Hosting;

/// <summary>Puts the server together: modules, services, pages, the order of middleware.</summary>
public static class CrmServer
{
    /// <summary>Adds the kernel and all installed modules.</summary>
    public static void AddCrm(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var catalog = new ModuleCatalog(ModuleCatalog.BuiltIn());
        builder.Services.AddKernel(builder.Configuration, catalog);
        var startups = catalog.Configure(builder.Services);
        builder.Services.AddSingleton(new ModuleStartups(startups));
        var mvc = builder.Services.AddRazorPages();
        foreach (var module in catalog.Modules)
            AddParts(mvc, module.Assembly);
        builder.Services.AddKernelWeb(builder.Configuration);
    }

    /// <summary>Brings the database up to date and readies roles and switches. Runs before the first request.</summary>
    public static async Task PrepareAsync(this IHost host, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(host);
        Directory.CreateDirectory(host.Services.GetRequiredService<DatabaseOptions>().Directory);
        await host.Services.GetRequiredService<MigrationRunner>().ApplyAsync(ct);
        await using var scope = host.Services.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<Actor>();
        (actor.IsSystem, actor.Door, actor.What) = (true, "command", "Prepared the ready roles");
        await scope.ServiceProvider.GetRequiredService<PermissionCatalog>()
            .EnsureRolesAsync(scope.ServiceProvider.GetRequiredService<KernelDb>(), ct);
        foreach (var snapshot in host.Services.GetServices<IReloaded>())
            await snapshot.ReloadAsync(ct);
    }

    private static void AddParts(IMvcBuilder mvc, System.Reflection.Assembly assembly)
    {
        foreach (var part in ApplicationPartFactory.GetApplicationPartFactory(assembly).GetApplicationParts(assembly))
        {
            if (!mvc.PartManager.ApplicationParts.Any(p => string.Equals(p.Name, part.Name, StringComparison.Ordinal) && p.GetType() == part.GetType()))
                mvc.PartManager.ApplicationParts.Add(part);
        }
    }
}

/// <summary>The start-up classes that ran, with their features.</summary>
internal sealed record ModuleStartups(IReadOnlyList<(StartupBase Startup, IReadOnlyList<string> Features)> All);
