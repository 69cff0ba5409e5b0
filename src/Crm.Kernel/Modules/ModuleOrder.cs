namespace Crm.Kernel.Modules;

/// <summary>Puts modules into an order in which each follows what it depends on.</summary>
internal sealed class ModuleOrder
{
    private readonly List<ModuleDescription> _ordered = [];
    private readonly List<FailedModule> _failed = [];
    private readonly HashSet<string> _features = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<ModuleDescription> Modules => _ordered;

    public IReadOnlyList<FailedModule> Failed => _failed;

    /// <summary>Adds the modules that the host was built with: one that lacks something stops the start.</summary>
    public void AddAll(IEnumerable<ModuleDescription> modules)
    {
        var open = Add(modules);
        if (open.Count > 0)
            throw new InvalidOperationException($"These modules need one that is not installed, or each other: {string.Join(", ", open.Select(m => m.Id))}.");
    }

    /// <summary>Adds plugins: one that lacks something, or takes another's id, is named and left out.</summary>
    public void AddWhatFits(IEnumerable<ModuleDescription> plugins)
    {
        var (taken, fits) = (new HashSet<string>(_features, StringComparer.OrdinalIgnoreCase), new List<ModuleDescription>());
        foreach (var plugin in plugins)
        {
            if (plugin.Features.FirstOrDefault(f => taken.Contains(f.Id)) is { } twice)
            {
                _failed.Add(new(plugin.Id, $"{twice.Id} is installed already: remove one of the two."));
                continue;
            }

            taken.UnionWith(plugin.Features.Select(f => f.Id));
            fits.Add(plugin);
        }

        foreach (var left in Add(fits))
            _failed.Add(new(left.Id, $"It needs {string.Join(", ", left.Manifest.Dependencies.Where(d => !_features.Contains(d)))}, which is not installed."));
    }

    private List<ModuleDescription> Add(IEnumerable<ModuleDescription> modules)
    {
        var open = modules.OrderBy(m => m.Id, StringComparer.Ordinal).ToList();
        while (open.FirstOrDefault(IsReady) is { } next)
        {
            open.Remove(next);
            _ordered.Add(next);
            _features.UnionWith(next.Features.Select(f => f.Id));
        }

        return open;
    }

    private bool IsReady(ModuleDescription module) => module.Manifest.Dependencies.All(d =>
        _features.Contains(d) || module.Features.Any(f => string.Equals(f.Id, d, StringComparison.OrdinalIgnoreCase)));
}
