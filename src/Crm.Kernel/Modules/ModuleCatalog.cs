using System.Reflection;
using Crm.Abstractions.Modules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyModel;

namespace Crm.Kernel.Modules;

/// <summary>A feature as its module declares it.</summary>
internal sealed record FeatureDescription(
    string Id, string Module, string Name, string Category, string Description, IReadOnlyList<string> Dependencies, bool AlwaysOn, bool OffByDefault);

/// <summary>An installed module.</summary>
internal sealed record ModuleDescription(string Id, Assembly Assembly, ModuleAttribute Manifest, IReadOnlyList<FeatureDescription> Features, bool IsPlugin = false);

/// <summary>The installed modules, in an order in which each follows what it depends on; and the plugins that don't run.</summary>
internal sealed class ModuleCatalog
{
    /// <summary>The id that the kernel's own contributions carry.</summary>
    public const string KernelId = "Crm.Kernel";

    private readonly List<FailedModule> _failed;
    private volatile IReadOnlyList<ModuleDescription> _modules;
    private volatile IReadOnlyDictionary<string, FeatureDescription> _features;

    public ModuleCatalog(IEnumerable<Assembly> builtIn, Plugins? plugins = null)
    {
        plugins ??= Plugins.None;
        var order = new ModuleOrder();
        order.AddAll(builtIn.Select(a => Describe(a, isPlugin: false)).OfType<ModuleDescription>());
        order.AddWhatFits(plugins.Assemblies.Select(a => Describe(a, isPlugin: true)).OfType<ModuleDescription>());
        _failed = [.. plugins.Failed, .. order.Failed];
        _modules = order.Modules;
        _features = FeaturesOf(_modules);
    }

    public IReadOnlyList<ModuleDescription> Modules => _modules;

    public IReadOnlyDictionary<string, FeatureDescription> Features => _features;

    /// <summary>The plugins that don't run, each with the reason.</summary>
    public IReadOnlyList<FailedModule> FailedModules => _failed;

    /// <summary>The projects that the host was built with.</summary>
    public static IEnumerable<Assembly> BuiltIn()
    {
        var context = DependencyContext.Default ?? throw new InvalidOperationException("The program's .deps.json is missing.");
        return context.RuntimeLibraries
            .Where(l => string.Equals(l.Type, "project", StringComparison.Ordinal) && File.Exists(Path.Combine(AppContext.BaseDirectory, l.Name + ".dll")))
            .Select(l => Assembly.Load(new AssemblyName(l.Name)));
    }

    /// <summary>Runs every start-up class and stamps what it contributes with its features. A plugin whose start-up throws leaves nothing behind.</summary>
    public IReadOnlyList<(StartupBase Startup, IReadOnlyList<string> Features)> Configure(IServiceCollection services)
    {
        var startups = new List<(StartupBase, IReadOnlyList<string>)>();
        foreach (var module in Modules)
        {
            var before = services.ToArray();
            if (Try(module, () => startups.AddRange(Configure(module, services))))
                continue;
            services.Clear();
            foreach (var service in before)
                services.Add(service);
        }

        return startups;
    }

    /// <summary>Does something for a module. What a plugin throws takes it out of the catalog, and so off everywhere; what a built-in module throws stops the start.</summary>
    public bool Try(ModuleDescription module, Action work)
    {
        try
        {
            // Something that it needs may have failed since the order was made.
            if (module.Manifest.Dependencies.FirstOrDefault(d => !_features.ContainsKey(d)) is { } missing)
                throw new PluginRefused($"It needs {missing}, which does not run.");
            work();
            return true;
        }
        catch (Exception failure) when (module.IsPlugin)
        {
            _failed.Add(new(module.Id, Plugins.Reason(failure)));
            _modules = [.. _modules.Where(m => m != module)];
            _features = FeaturesOf(_modules);
            return false;
        }
    }

    /// <summary>Does something for the module that a start-up class is of.</summary>
    public bool Try(StartupBase startup, Action work) =>
        Modules.FirstOrDefault(m => m.Assembly == startup.GetType().Assembly) is { } module && Try(module, work);

    private static List<(StartupBase Startup, IReadOnlyList<string> Features)> Configure(ModuleDescription module, IServiceCollection services)
    {
        var startups = new List<(StartupBase, IReadOnlyList<string>)>();
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

        return startups;
    }

    private static ModuleDescription? Describe(Assembly assembly, bool isPlugin)
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
        return new ModuleDescription(id, assembly, manifest, features, isPlugin);
    }

    private static Dictionary<string, FeatureDescription> FeaturesOf(IEnumerable<ModuleDescription> modules) =>
        modules.SelectMany(m => m.Features).ToDictionary(f => f.Id, StringComparer.OrdinalIgnoreCase);
}
