using System.Collections.Frozen;
using Crm.Abstractions.Modules;
using Crm.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Modules;

/// <summary>Which features are on: an immutable snapshot, swapped when a switch is saved.</summary>
internal sealed class ModuleSwitches(ModuleCatalog catalog, IServiceProvider services) : IModuleSwitches, IReloaded
{
    private readonly ReadOrder _order = new();
    private volatile Snapshot _now = new(FrozenDictionary<string, bool>.Empty, FrozenDictionary<(string, Guid), bool>.Empty);

    public bool IsOn(string feature) => SiteHas(_now, feature);

    public bool IsOn(string feature, IReadOnlyCollection<Guid> departments)
    {
        var now = _now;
        if (!SiteHas(now, feature))
            return false;
        return departments.Count == 0 || departments.Any(d => DepartmentHas(now, feature, d));
    }

    /// <summary>Says what one department has, dependencies included.</summary>
    public bool IsOnFor(string feature, Guid department) => SiteHas(_now, feature) && DepartmentHas(_now, feature, department);

    /// <summary>Reads the switches anew; takes effect at the next request.</summary>
    public async Task ReloadAsync(CancellationToken ct)
    {
        var read = _order.Begin();
        await using var db = await services.GetRequiredService<IDbContextFactory<KernelDb>>().CreateDbContextAsync(ct);
        var rows = await db.Set<FeatureSwitch>().AsNoTracking().ToListAsync(ct);
        var now = new Snapshot(
            rows.Where(r => r.DepartmentId is null).ToFrozenDictionary(r => r.Feature, r => r.IsOn, StringComparer.OrdinalIgnoreCase),
            rows.Where(r => r.DepartmentId is not null).ToFrozenDictionary(r => (r.Feature.ToUpperInvariant(), r.DepartmentId!.Value), r => r.IsOn));
        _order.Keep(read, () => _now = now);
    }

    private bool SiteHas(Snapshot now, string id) => Has(id, f => now.Site.TryGetValue(f.Id, out var on) ? on : !f.OffByDefault);

    private bool DepartmentHas(Snapshot now, string id, Guid department) =>
        Has(id, f => !now.Departments.TryGetValue((f.Id.ToUpperInvariant(), department), out var on) || on);

    // What depends on a feature that is off is off itself.
    private bool Has(string id, Func<FeatureDescription, bool> isOn)
    {
        if (string.Equals(id, ModuleCatalog.KernelId, StringComparison.Ordinal))
            return true;
        if (!catalog.Features.TryGetValue(id, out var feature))
            return false;
        return (feature.AlwaysOn || isOn(feature)) && feature.Dependencies.All(d => Has(d, isOn));
    }

    private sealed record Snapshot(FrozenDictionary<string, bool> Site, FrozenDictionary<(string Feature, Guid Department), bool> Departments);
}
