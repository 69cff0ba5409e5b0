using System.Globalization;
using Crm.Abstractions.Records;
using Crm.Kernel.Search;
using Microsoft.Extensions.Configuration;

namespace Crm.Kernel.Records;

/// <summary>Makes sort keys in the site's language and folded names for matching.</summary>
internal sealed class TitleKeys(IConfiguration configuration)
{
    private readonly CompareInfo _compare = CultureInfo.GetCultureInfo(configuration["Site:Language"] ?? "en").CompareInfo;

    public Crm.Abstractions.Records.SortKey SortKey(string title) =>
        new(_compare.GetSortKey(title, CompareOptions.IgnoreCase).KeyData);

    public string Match(string title) => Fold.Text(title).Trim();
}
