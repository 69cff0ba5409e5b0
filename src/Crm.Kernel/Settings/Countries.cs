using System.Globalization;

namespace Crm.Kernel.Settings;

/// <summary>The countries that can be chosen, by ISO 3166 code, named in the reader's language.</summary>
internal static class Countries
{
    private static readonly IReadOnlyDictionary<string, RegionInfo> _regions = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
        .Where(c => c.Name.Contains('-', StringComparison.Ordinal))
        .Select(c => new RegionInfo(c.Name))
        .Where(r => r.TwoLetterISORegionName is { Length: 2 } code && code.All(char.IsAsciiLetterUpper))
        .DistinctBy(r => r.TwoLetterISORegionName, StringComparer.Ordinal)
        .ToDictionary(r => r.TwoLetterISORegionName, StringComparer.Ordinal);

    public static bool Has(string code) => _regions.ContainsKey(code);

    public static IReadOnlyList<(string Code, string Name)> All() => _regions
        .Select(r => (Code: r.Key, Name: NameOf(r.Value)))
        .OrderBy(c => c.Name, StringComparer.CurrentCulture)
        .ToList();

    // The framework has a country's name in its own language and in English. A culture of the reader's language in that country has it in the reader's.
    private static string NameOf(RegionInfo region)
    {
        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        if (language is "iv" or "en")
            return region.EnglishName;
        try
        {
            return new RegionInfo($"{language}-{region.TwoLetterISORegionName}").NativeName;
        }
        catch (ArgumentException)
        {
            return region.EnglishName;
        }
    }
}
