using System.Reflection;
using Crm.Abstractions.Modules;
using Crm.Kernel.Data;
using Microsoft.Extensions.Configuration;

namespace Crm.Kernel.Modules;

/// <summary>The modules that were dropped into a folder: published, each in a folder of its own name, loaded at start.</summary>
/// <param name="Assemblies">Those that loaded.</param>
/// <param name="Failed">Those that did not.</param>
internal sealed record Plugins(IReadOnlyList<Assembly> Assemblies, IReadOnlyList<FailedModule> Failed)
{
    public static Plugins None { get; } = new([], []);

    /// <summary>The folders looked into: <c>Plugins:Directory</c>, else <c>plugins</c> beside the program and in the data directory.</summary>
    public static IReadOnlyList<string> Folders(IConfiguration configuration, string contentRoot) =>
        configuration["Plugins:Directory"] is { Length: > 0 } given
            ? [Path.GetFullPath(given)]
            : [Path.Combine(contentRoot, "plugins"), Path.Combine(DatabaseOptions.Read(configuration).Directory, "plugins")];

    /// <summary>Loads what lies in the folders; what can't be loaded is named and left out.</summary>
    public static Plugins Load(IEnumerable<string> folders)
    {
        var (loaded, failed) = (new List<Assembly>(), new List<FailedModule>());
        var found = folders.Distinct(StringComparer.Ordinal).Where(Directory.Exists).SelectMany(Directory.GetDirectories);
        foreach (var folder in found.OrderBy(Path.GetFileName, StringComparer.Ordinal))
        {
            var name = Path.GetFileName(folder);
            try
            {
                loaded.Add(LoadOne(folder, name));
            }
            // Code of others: whatever it throws is a reason to name, not to stop.
            catch (Exception failure)
            {
                failed.Add(new(name, Reason(failure)));
            }
        }

        return new(loaded, failed);
    }

    /// <summary>What an administrator reads about an exception in code of others.</summary>
    public static string Reason(Exception failure) => failure switch
    {
        PluginRefused => failure.Message,
        BadImageFormatException => "The file is not a .NET assembly, or is damaged: publish and copy it again.",
        ReflectionTypeLoadException types => $"A part of it is missing or of another version: {types.LoaderExceptions.FirstOrDefault()?.Message ?? types.Message}",
        TargetInvocationException { InnerException: { } inner } => Reason(inner),
        _ => $"{failure.GetType().Name}: {failure.Message}",
    };

    private static Assembly LoadOne(string folder, string name)
    {
        var path = Path.Combine(folder, name + ".dll");
        if (!File.Exists(path))
            throw new PluginRefused($"There is no {name}.dll in its folder: a plugin's folder is called after its assembly.");
        var assembly = new PluginContext(path).LoadFromAssemblyPath(path);
        var manifest = assembly.GetCustomAttribute<ModuleAttribute>()
            ?? throw new PluginRefused("It has no [assembly: Module], so it is no module.");
        if (KernelVersion.Refuse(manifest, KernelVersion.Now) is { } reason)
            throw new PluginRefused(reason);
        // Now, while it can still be left out: a type whose parts are missing would stop the start later.
        _ = assembly.GetTypes();
        return assembly;
    }
}

/// <summary>A plugin that can't run here; the message is for the administrator.</summary>
internal sealed class PluginRefused(string message) : Exception(message);
