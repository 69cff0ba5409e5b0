using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Crm.Kernel.RecordPages;

/// <summary>What a list's address says: everything about it is there, so that an address can be sent to a colleague.</summary>
/// <param name="View">The saved view's id, <c>all</c> or <c>mine</c>; empty for all.</param>
internal sealed record ListState(string View, string? Filter, string? Sort, string? Columns, string Text, string? After)
{
    public static ListState Read(IQueryCollection query) => new(
        query["view"].ToString(),
        query.ContainsKey("filter") ? query["filter"].ToString() : null,
        query.ContainsKey("sort") ? query["sort"].ToString() : null,
        query.ContainsKey("columns") ? string.Join(',', query["columns"].Where(c => !string.IsNullOrEmpty(c))) : null,
        query["q"].ToString().Trim(),
        query["after"] is [{ Length: > 0 } after] ? after : null);

    /// <summary>What the view says where the address is silent.</summary>
    public ListState With(SavedView? view) => view is null ? this : this with
    {
        Filter = Filter ?? view.Filter,
        Sort = Sort ?? view.Sort,
        Columns = Columns ?? view.Columns,
    };

    /// <summary>The address; it says only what the view doesn't.</summary>
    public string Url(string list)
    {
        var parts = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (View.Length > 0)
            parts["view"] = View;
        if (Filter is not null)
            parts["filter"] = Filter;
        if (!string.IsNullOrEmpty(Sort))
            parts["sort"] = Sort;
        if (!string.IsNullOrEmpty(Columns))
            parts["columns"] = Columns;
        if (Text.Length > 0)
            parts["q"] = Text;
        if (After is not null)
            parts["after"] = After;
        return QueryHelpers.AddQueryString(list, parts);
    }

    /// <summary>The same list from its top.</summary>
    public ListState Top => this with { After = null };
}
