using Crm.Kernel.Records;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Crm.Kernel.SearchPages;

/// <summary>The best few hits while somebody types into the search box.</summary>
internal sealed class SuggestModel(RecordSearch search) : PageModel
{
    private const int Most = 8;

    public IReadOnlyList<SearchHit> Hits { get; private set; } = [];

    public async Task OnGetAsync(string? q)
    {
        var words = IndexModel.Clip(q);
        if (words.Length > 0)
            Hits = (await search.RunAsync(words, [], new SearchLimits(), Most, null, HttpContext.RequestAborted)).Hits.Take(Most).ToList();
    }
}
