using Microsoft.AspNetCore.Mvc.Rendering;

namespace Crm.Kernel.Settings;

/// <summary>Languages, zones and countries as a form offers them.</summary>
internal static class Choices
{
    public static IEnumerable<SelectListItem> OfLanguages(string? first = null) =>
        First(first).Concat(Languages.All.Select(l => new SelectListItem(l.Value, l.Key)));

    public static IEnumerable<SelectListItem> OfZones(string? first = null) =>
        First(first).Concat(Zones.All.Select(z => new SelectListItem(z.Replace('_', ' '), z)));

    public static IEnumerable<SelectListItem> OfCountries(string first) =>
        First(first).Concat(Countries.All().Select(c => new SelectListItem(c.Name, c.Code)));

    private static IEnumerable<SelectListItem> First(string? text) => text is null ? [] : [new SelectListItem(text, "")];
}
