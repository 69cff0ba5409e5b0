using System.Collections.Frozen;
using System.Globalization;
using Crm.Abstractions.Modules;

namespace Crm.Contacts.Phones;

/// <summary>The country of numbers that name none: the site's, as an administrator chose it or the configuration says. Without it only numbers with a code are read.</summary>
internal sealed class PhoneCountry(ISite site)
{
    private static readonly Lazy<FrozenDictionary<string, string>> _names = new(Names);

    /// <summary>The site's country, or null.</summary>
    public string? Site => CodeOf(site.Country);

    /// <summary>The ISO code of a country given by code or name; null where it is none that has phones.</summary>
    public static string? CodeOf(string? country)
    {
        if (string.IsNullOrWhiteSpace(country))
            return null;
        var text = country.Trim();
        return CountryPhones.Of(text)?.Country ?? _names.Value.GetValueOrDefault(text);
    }

    private static FrozenDictionary<string, string> Names()
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["USA"] = "US", ["UK"] = "GB", ["Great Britain"] = "GB" };
        foreach (var culture in CultureInfo.GetCultures(CultureTypes.SpecificCultures))
        {
            var region = new RegionInfo(culture.Name);
            if (region.TwoLetterISORegionName.Length != 2 || CountryPhones.Of(region.TwoLetterISORegionName) is not { } plan)
                continue;
            foreach (var name in new[] { region.EnglishName, region.NativeName, region.ThreeLetterISORegionName })
                names.TryAdd(name, plan.Country);
        }

        return names.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
