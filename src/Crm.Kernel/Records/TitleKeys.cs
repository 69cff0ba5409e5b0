using System.Globalization;
using Crm.Abstractions.Records;
using Crm.Kernel.Search;
using Crm.Kernel.Settings;

namespace Crm.Kernel.Records;

/// <summary>Makes sort keys in the site's language and folded names for matching.</summary>
internal sealed class TitleKeys(SiteSettings site)
{
    private volatile Order _order = new("", CultureInfo.InvariantCulture.CompareInfo);

    /// <summary>Names the language and the version of its rules: keys made by others sort elsewhere.</summary>
    public string Rules => $"{site.Now.Language} {Now.Version.FullVersion}";

    private CompareInfo Now
    {
        get
        {
            var (order, language) = (_order, site.Now.Language);
            if (order.Language != language)
                _order = order = new Order(language, CultureInfo.GetCultureInfo(language).CompareInfo);
            return order.Compare;
        }
    }

    public Crm.Abstractions.Records.SortKey SortKey(string title) => new(Now.GetSortKey(title, CompareOptions.IgnoreCase).KeyData);

    public string Match(string title) => Fold.Text(title).Trim();

    private sealed record Order(string Language, CompareInfo Compare);
}
