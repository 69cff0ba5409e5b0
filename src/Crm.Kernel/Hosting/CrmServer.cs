using Crm.Abstractions.Modules;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.Security;
using Microsoft.AspNetCore.Builder;
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
        var plugins = Plugins.Load(Plugins.Folders(builder.Configuration, builder.Environment.ContentRootPath));
        var catalog = new ModuleCatalog(ModuleCatalog.BuiltIn(), plugins);
        builder.Services.AddKernel(builder.Configuration, catalog);
        var mvc = builder.Services.AddRazorPages();
        ViewPaths.Refuse(mvc.PartManager.ApplicationParts);
        foreach (var module in catalog.Modules)
            catalog.Try(module, () => ViewPaths.Add(mvc.PartManager.ApplicationParts, module.Assembly));
        builder.Services.AddSingleton(new ModuleStartups(catalog.Configure(builder.Services)));
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
}

/// <summary>The start-up classes that ran, with their features.</summary>
internal sealed record ModuleStartups(IReadOnlyList<(StartupBase Startup, IReadOnlyList<string> Features)> All);
