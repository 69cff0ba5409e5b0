using System.Globalization;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Settings;

/// <summary>Saves the site's settings.</summary>
internal sealed class ChangeSite(KernelDb db, SiteSettings settings, NodeSignal nodes, Actor actor)
{
    public async Task RunAsync(Site site, CancellationToken ct)
    {
        Check(site);
        actor.What = "Changed the settings";
        await db.WriteAsync(inner => StageAsync(db, site, inner), ct);
        await settings.ReloadAsync(ct);
        await nodes.TellAsync(ct);
    }

    /// <summary>Throws with what is wrong, field by field.</summary>
    public static void Check(Site site)
    {
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(site.Name) || site.Name.Length > 100)
            errors["name"] = ["Give the company's name, up to 100 characters."];
        if (site.Country.Length > 0 && !Countries.Has(site.Country))
            errors["country"] = ["Choose a country from the list."];
        if (!Zones.Has(site.TimeZone))
            errors["timeZone"] = ["Choose a time zone from the list."];
        if (!Languages.All.ContainsKey(site.Language))
            errors["language"] = ["Choose a language from the list."];
        if (site.BinDays is < 1 or > 36_500)
            errors["binDays"] = ["Give a number of days from 1 up, or nothing."];
        if (errors.Count > 0)
            throw new RuleViolation(errors);
    }

    /// <summary>Puts the settings into the unit that runs.</summary>
    public static async Task StageAsync(KernelDb db, Site site, CancellationToken ct)
    {
        var saved = await db.Set<Setting>().ToDictionaryAsync(s => s.Name, StringComparer.Ordinal, ct);
        foreach (var (name, value) in new[]
        {
            (Site.NameKey, site.Name.Trim()), (Site.CountryKey, site.Country), (Site.TimeZoneKey, site.TimeZone), (Site.LanguageKey, site.Language),
            (Site.BinDaysKey, site.BinDays?.ToString(CultureInfo.InvariantCulture) ?? ""),
        })
        {
            if (saved.TryGetValue(name, out var setting))
                setting.Value = value;
            else
                db.Add(new Setting { Name = name, Value = value });
        }
    }
}
