using Crm.Abstractions.Modules;
using Crm.Abstractions.Security;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Modules;

/// <summary>What the modules contribute, and which of it a reader has now.</summary>
internal sealed class Contributions
{
    private readonly Dictionary<Type, IReadOnlyList<string>> _features;
    private readonly IModuleSwitches _switches;
    private readonly IServiceProvider _services;

    public Contributions(IEnumerable<Contribution> contributions, IModuleSwitches switches, IServiceProvider services)
    {
        _features = contributions.GroupBy(c => c.Implementation).ToDictionary(g => g.Key, g => g.First().Features);
        _switches = switches;
        _services = services;
    }

    /// <summary>Ids of the features that a contribution belongs to; the kernel's own is never off.</summary>
    public IReadOnlyList<string> FeaturesOf(Type implementation) =>
        _features.TryGetValue(implementation, out var features) && features.Count > 0 ? features : [ModuleCatalog.KernelId];

    /// <summary>Says whether a contribution is on for somebody.</summary>
    public bool IsOn(Type implementation, Rights rights) => FeaturesOf(implementation).All(f =>
        rights.IsSystem ? _switches.IsOn(f) : _switches.IsOn(f, rights.Departments));

    /// <summary>The contributions under a contract that are on for somebody, in the modules' order.</summary>
    public IEnumerable<T> Of<T>(Rights rights)
        where T : class => _services.GetServices<T>().Where(c => IsOn(c.GetType(), rights));
}
