using System.Globalization;
using Crm.Abstractions.Records;
using Crm.Kernel.Search;
using Crm.Kernel.Settings;

namespace Crm.Kernel.Records;

/// <summary>Makes sort keys in the site's language and folded names for matching.</summary>
internal sealed class TitleKeys(SiteSettings site)
{
    // What lies behind these hardly ever decides the order, and the key stands in four indexes.
    private const int MostSorted = 120;
    private const int MostShown = 300;
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

    /// <summary>The key by which a record sorts, the same whoever writes it: a save, or the sweep after a change of language.</summary>
    public Crm.Abstractions.Records.SortKey SortKeyOf(RecordType type, IRecord record) =>
        SortKey(record.Spine.ErasedAt is null ? PlainText.Clip(type.SortTitleOf(record), MostSorted) : Skeleton(type));

    /// <summary>What a record is called; of one that was erased, no more than what it was.</summary>
    public static string TitleOf(RecordType type, IRecord record) => record.Spine.ErasedAt is null ? PlainText.Clip(type.TitleOf(record), MostShown) : Skeleton(type);

    public string Match(string title) => Fold.Text(title).Trim();

    private static string Skeleton(RecordType type) => $"Erased {type.Label.ToLowerInvariant()}";

    private sealed record Order(string Language, CompareInfo Compare);
}
