using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Users;

/// <summary>Others are touched by a switch and nobody said that this is meant. Carries their names.</summary>
internal sealed class OthersTouched(bool isOn, IReadOnlyList<string> names)
    : Exception(isOn ? $"This needs {string.Join(", ", names)}, which is off." : $"{string.Join(", ", names)} would go off with it.")
{
    public IReadOnlyList<string> Names { get; } = names;
}

/// <summary>Switches a module or feature for the site or for one department. Effective at the next request, on every node.</summary>
internal sealed class SwitchModule(KernelDb db, ModuleCatalog catalog, ModuleSwitches switches, NodeSignal nodes, Actor actor)
{
    /// <exception cref="RuleViolation">It can't be switched.</exception>
    /// <exception cref="OthersTouched">Others go with it, and <paramref name="withOthers"/> is false.</exception>
    public async Task RunAsync(string feature, Guid? department, bool isOn, bool withOthers, CancellationToken ct)
    {
        var meant = catalog.Features.GetValueOrDefault(feature) ?? throw new RecordMissing();
        if (meant.AlwaysOn)
            throw new RuleViolation("", "{0} can't be switched: the program needs it.", meant.Name);
        if (department is { } id && !await db.Set<Department>().AnyAsync(d => d.Id == id, ct))
            throw new RecordMissing();
        if (department is not null && isOn && !switches.IsOn(feature))
            throw new RuleViolation("", "{0} is off for the whole site: switch it on there first.", meant.Name);
        var others = isOn ? Needed(meant, department) : Dependants(meant, department);
        if (others.Count > 0 && !withOthers)
            throw new OthersTouched(isOn, others.Select(o => o.Name).ToList());
        actor.What = $"Switched {meant.Name} {(isOn ? "on" : "off")}{(department is null ? "" : " for a department")}";
        // What depends on an absent feature is off by itself; only what is needed has to be switched, too.
        var rows = isOn ? others.Append(meant) : [meant];
        await db.WriteAsync(inner => StageAsync(rows.Select(r => r.Id).ToList(), department, isOn, inner), ct);
        await switches.ReloadAsync(ct);
        await nodes.TellAsync(ct);
    }

    /// <summary>What goes off when a feature goes off.</summary>
    public IReadOnlyList<FeatureDescription> Dependants(FeatureDescription feature, Guid? department) =>
        catalog.Features.Values.Where(f => f.Id != feature.Id && Reach(f).Contains(feature.Id) && IsOn(f, department)).ToList();

    private List<FeatureDescription> Needed(FeatureDescription feature, Guid? department) =>
        Reach(feature).Where(id => id != feature.Id).Select(id => catalog.Features[id]).Where(f => !IsOn(f, department)).ToList();

    private bool IsOn(FeatureDescription feature, Guid? department) =>
        department is { } id ? switches.IsOnFor(feature.Id, id) : switches.IsOn(feature.Id);

    // The feature and all that it needs, however far.
    private HashSet<string> Reach(FeatureDescription feature)
    {
        var reached = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { feature.Id };
        var open = new Queue<string>(feature.Dependencies);
        while (open.TryDequeue(out var next))
        {
            if (reached.Add(next) && catalog.Features.TryGetValue(next, out var found))
            {
                foreach (var further in found.Dependencies)
                    open.Enqueue(further);
            }
        }

        return reached;
    }

    private async Task StageAsync(List<string> features, Guid? department, bool isOn, CancellationToken ct)
    {
        var rows = await db.Set<FeatureSwitch>().Where(s => features.Contains(s.Feature) && s.DepartmentId == department).ToListAsync(ct);
        foreach (var feature in features)
        {
            if (rows.Find(r => r.Feature == feature) is { } row)
                row.IsOn = isOn;
            else
                db.Add(new FeatureSwitch { Feature = feature, DepartmentId = department, IsOn = isOn });
        }
    }
}
