using Crm.Abstractions.Records;
using Crm.Kernel.Modules;
using Crm.Kernel.Users;

namespace Crm.Kernel.Recipes;

/// <summary>What a recipe says about modules and features, by their ids.</summary>
internal sealed record FeaturesWords(string Step, IReadOnlyList<string>? Enable = null, IReadOnlyList<string>? Disable = null);

/// <summary>Switches features for the whole site, with what they need, and with what needs them.</summary>
internal sealed class FeaturesStep(ModuleCatalog catalog, ModuleSwitches switches, SwitchModule switchModule) : TypedStep<FeaturesWords>
{
    public override string Name => "features";

    protected override void Check(FeaturesWords step)
    {
        foreach (var id in (step.Enable ?? []).Concat(step.Disable ?? []))
        {
            if (!catalog.Features.TryGetValue(id, out var feature))
                throw new RuleViolation("", "There is no feature '{0}'.", id);
            if (feature.AlwaysOn)
                throw new RuleViolation("", "{0} can't be switched: the program needs it.", feature.Name);
        }
    }

    protected override async Task RunAsync(FeaturesWords step, CancellationToken ct)
    {
        foreach (var (id, isOn) in (step.Disable ?? []).Select(i => (i, false)).Concat((step.Enable ?? []).Select(i => (i, true))))
        {
            if (switches.IsOn(id) != isOn)
                await switchModule.RunAsync(id, null, isOn, withOthers: true, ct);
        }
    }
}
