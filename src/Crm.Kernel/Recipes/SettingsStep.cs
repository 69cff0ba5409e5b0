using Crm.Kernel.Settings;

namespace Crm.Kernel.Recipes;

/// <summary>What a recipe says about the company's settings; what it leaves out stays.</summary>
internal sealed record SettingsWords(string Step, string? Name = null, string? Country = null, string? TimeZone = null, string? Language = null, int? BinDays = null);

/// <summary>Saves the settings.</summary>
internal sealed class SettingsStep(SiteSettings settings, ChangeSite change) : TypedStep<SettingsWords>
{
    public override string Name => "settings";

    protected override void Check(SettingsWords step) => ChangeSite.Check(With(step));

    protected override Task RunAsync(SettingsWords step, CancellationToken ct) => change.RunAsync(With(step), ct);

    private Site With(SettingsWords step)
    {
        var now = settings.Now;
        return now with
        {
            Name = step.Name ?? now.Name,
            Country = step.Country ?? now.Country,
            TimeZone = step.TimeZone ?? now.TimeZone,
            Language = step.Language ?? now.Language,
            BinDays = step.BinDays ?? now.BinDays,
        };
    }
}
