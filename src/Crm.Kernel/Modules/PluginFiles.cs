using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.FileProviders;

namespace Crm.Kernel.Modules;

/// <summary>Serves the plugins' static files where a built-in module's would be: <c>/_content/&lt;Assembly&gt;</c>.</summary>
internal static class PluginFiles
{
    public static void UsePluginFiles(this IApplicationBuilder app, ModuleCatalog catalog)
    {
        foreach (var plugin in catalog.Modules.Where(m => m.IsPlugin))
        {
            var folder = Path.Combine(Path.GetDirectoryName(plugin.Assembly.Location)!, "wwwroot");
            if (Directory.Exists(folder))
                app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(folder), RequestPath = $"/_content/{plugin.Id}" });
        }
    }
}
