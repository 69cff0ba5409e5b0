using System.Reflection;
using Crm.Abstractions.Modules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyModel;

namespace Crm.Kernel.Modules;

/// <summary>A feature as its module declares it.</summary>
internal sealed record FeatureDescription(
    string Id, string Module, string Name, string Category, string Description, IReadOnlyList<string> Dependencies, bool AlwaysOn, bool OffByDefault);

/// <summary>An installed module.</summary>
internal sealed record ModuleDescription(string Id, Assembly Assembly, ModuleAttribute Manifest, IReadOnlyList<FeatureDescription> Features);

/// <summary>The installed modules, in an order in which each follows what it depends on.</summary>
internal sealed class ModuleCatalog
{
    /// <summary>The id that the kernel's own contributions carry.</summary>
    public const string KernelId = "Crm.Kernel";

    public ModuleCatalog(IEnumerable<Assembly> assemblies)
    {
        Modules = Order(assemblies.Select(Describe).OfType<ModuleDescription>().OrderBy(m => m.Id, StringComparer.Ordinal).ToList());
        Features = Modules.SelectMany(m => m.Features).ToDictionary(f => f.Id, StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyList<ModuleDescription> Modules { get; }

    public IReadOnlyDictionary<string, FeatureDescription> Features { get; }

    /// <summary>The projects that the host was built with.</summary>
    public static IEnumerable<Assembly> BuiltIn()
    {
        var context = DependencyContext.Default ?? throw new InvalidOperationException("The program's .deps.json is missing.");
        return context.RuntimeLibraries
            .Where(l => string.Equals(l.Type, "project", StringComparison.Ordinal) && File.Exists(Path.Combine(AppContext.BaseDirectory, l.Name + ".dll")))
            .Select(l => Assembly.Load(new AssemblyName(l.Name)));
    }

    /// <summary>Runs every start-up class and stamps what it contributes with its features.</summary>
    public IReadOnlyList<(StartupBase Startup, IReadOnlyList<string> Features)> Configure(IServiceCollection services)
    {
        var startups = new List<(StartupBase, IReadOnlyList<string>)>();
        foreach (var module in Modules)
        {
            foreach (var type in module.Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(StartupBase)) && !t.IsAbstract))
            {
                var startup = (StartupBase)Activator.CreateInstance(type)!;
                IReadOnlyList<string> features = type.GetCustomAttribute<RequireFeaturesAttribute>()?.Features ?? [module.Id];
                var before = services.Count;
                startup.ConfigureServices(services);
                foreach (var added in services.Skip(before).Select(s => s.ImplementationInstance).OfType<Contribution>())
                    added.Features = features;
                startups.Add((startup, features));
            }
        }

        return startups;
    }

    private static ModuleDescription? Describe(Assembly assembly)
    {
        if (assembly.GetCustomAttribute<ModuleAttribute>() is not { } manifest)
            return null;
        var id = assembly.GetName().Name!;
        var features = new List<FeatureDescription>
        {
            new(id, id, manifest.Name, manifest.Category, manifest.Description, manifest.Dependencies, manifest.AlwaysOn, manifest.OffByDefault),
        };
        features.AddRange(assembly.GetCustomAttributes<FeatureAttribute>().Select(f =>
            new FeatureDescription(f.Id, id, f.Name, manifest.Category, f.Description, [id, .. f.Dependencies], false, manifest.OffByDefault)));
        return new ModuleDescription(id, assembly, manifest, features);
    }

    private static List<ModuleDescription> Order(IReadOnlyList<ModuleDescription> modules)
    {
        var ordered = new List<ModuleDescription>();
        var open = modules.ToList();
        while (open.Count > 0)
        {
            var next = open.FirstOrDefault(m => m.Manifest.Dependencies.All(d =>
                ordered.SelectMany(o => o.Features).Any(f => string.Equals(f.Id, d, StringComparison.OrdinalIgnoreCase))
                || m.Features.Any(f => string.Equals(f.Id, d, StringComparison.OrdinalIgnoreCase))));
            if (next is null)
                throw new InvalidOperationException($"These modules need one that is not installed, or each other: {string.Join(", ", open.Select(m => m.Id))}.");
            open.Remove(next);
            ordered.Add(next);
        }

        return ordered;
    }
}
