using Crm.Abstractions.Records;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Records;

/// <summary>
/// Pages by title of what a reader sees, out of ranges of the spine's indexes: the first rows of each range, merged.
/// One condition over all of them would make the database walk through everybody's rows in search of his.
/// </summary>
internal static class TitlePages
{
    /// <summary>The first rows after one, in the order of the titles.</summary>
    public static async Task<List<TitleRow>> ReadAsync(
        IReadOnlyList<IQueryable<Spine>> ranges, bool descending, TitleRow? after, int count, CancellationToken ct)
    {
        if (ranges.Count == 0)
            return [];
        var rows = ranges.Select(r => First(r, descending, after, count)).Aggregate((a, b) => a.Concat(b));
        var found = await (ranges.Count == 1 ? rows : Ordered(rows, descending).Take(count * ranges.Count)).ToListAsync(ct);
        return found.DistinctBy(r => r.Id).Take(count).ToList();
    }

    /// <summary>How many rows the ranges hold together; counts to <paramref name="atMost"/> and no further.</summary>
    public static async Task<int> CountAsync(IReadOnlyList<IQueryable<Spine>> ranges, int atMost, CancellationToken ct)
    {
        if (ranges.Count == 0)
            return 0;
        // Mostly one range holds as many as are counted: the last but the one of what is shared, a department's where there is one.
        if (ranges.Count > 1 && await ranges[^2].Take(atMost).CountAsync(ct) >= atMost)
            return atMost;
        var ids = ranges.Select(r => r.Select(s => s.Id).Take(atMost)).Aggregate((a, b) => a.Union(b));
        return await ids.Take(atMost).CountAsync(ct);
    }

    private static IQueryable<TitleRow> First(IQueryable<Spine> range, bool descending, TitleRow? after, int count)
    {
        if (after is { } last)
        {
            var (key, id) = (last.Key, last.Id);
            // The first condition is contained in the second, and where the index is entered.
            range = descending
                ? range.Where(s => s.SortKey <= key && (s.SortKey < key || s.Id > id))
                : range.Where(s => s.SortKey >= key && (s.SortKey > key || s.Id > id));
        }

        return Ordered(range.Select(s => new TitleRow { Id = s.Id, Key = s.SortKey }), descending).Take(count);
    }

    private static IOrderedQueryable<TitleRow> Ordered(IQueryable<TitleRow> rows, bool descending) =>
        (descending ? rows.OrderByDescending(r => r.Key) : rows.OrderBy(r => r.Key)).ThenBy(r => r.Id);
}

/// <summary>A record's place in the order of the titles.</summary>
internal sealed class TitleRow
{
    public Guid Id { get; init; }

    public SortKey Key { get; init; }
}
