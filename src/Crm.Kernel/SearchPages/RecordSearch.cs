using Crm.Abstractions.Records;
using Crm.Abstractions.Search;
using Crm.Kernel.CustomFields;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Search;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.SearchPages;

/// <summary>One hit as people see it. Title and snippet are HTML, encoded, with the hits in <c>mark</c>.</summary>
internal sealed record SearchHit(Guid Id, RecordType Type, string Title, string PlainTitle, string Snippet, string Url, string? Owner, DateTimeOffset At);

/// <summary>Some hits, best first.</summary>
/// <param name="IsCapped">The index gave up looking; there may be more.</param>
internal sealed record SearchHits(IReadOnlyList<SearchHit> Hits, string? Next, bool IsCapped);

/// <summary>Searches everything that the reader may see. Hits of the index pass the rights on rows before they leave: a stale token shows nothing.</summary>
internal sealed class RecordSearch(KernelDb db, RecordTypes types, CustomFieldSet fields, TextSearch search)
{
    private const int SnippetLength = 220;

    /// <exception cref="BadFilter">The cursor is none of this search.</exception>
    public async Task<SearchHits> RunAsync(string text, IReadOnlyCollection<string> kinds, SearchLimits limits, int limit, string? after, CancellationToken ct)
    {
        IReadOnlyCollection<string> asked = kinds.Count > 0 ? kinds : [.. types.All.Select(t => t.Name)];
        var words = QueryText.Read(text, true);
        var seen = await search.SeenAsync(text, asked, limit, after, limits, matches => ShowAsync(matches, words, ct), ct);
        return new SearchHits(seen.Hits, seen.Next, seen.IsCapped);
    }

    private async Task<List<SearchHit>> ShowAsync(IReadOnlyList<SearchMatch> matches, QueryText words, CancellationToken ct)
    {
        var ids = matches.Select(m => m.Id).ToList();
        var visible = await db.VisibleAmongAsync(ids, ct);
        var rows = await visible.AsNoTracking()
            .Select(r => new { r.Id, r.Title, r.DecidedById, OwnerId = r.DecidedBy == null ? r.OwnerId : r.DecidedBy.OwnerId }).ToDictionaryAsync(r => r.Id, ct);
        var owners = rows.Values.Select(r => r.OwnerId).OfType<Guid>().Distinct().ToList();
        var names = await db.Known.NamesAsync(owners, ct);
        var above = await AboveAsync(rows.Values.Select(r => r.DecidedById).OfType<Guid>(), ct);
        var hits = from match in matches
                   where rows.ContainsKey(match.Id)
                   let row = rows[match.Id]
                   let type = types.Find(match.Kind)!
                   let url = type.HasPages ? type.UrlOf(match.Id) : row.DecidedById is { } top ? above.GetValueOrDefault(top) : null
                   where url is not null
                   select new SearchHit(
                       match.Id, type, Snippets.Mark(row.Title, words), row.Title, fields.IsSearchPending(match.Kind) ? "" : Snippets.Cut(match.Body, words, SnippetLength), url,
                       row.OwnerId is { } owner ? names.GetValueOrDefault(owner) : null, match.At);
        return [.. hits];
    }

    // What has no page of its own is found on the page of what it hangs on.
    private async Task<Dictionary<Guid, string>> AboveAsync(IEnumerable<Guid> deciders, CancellationToken ct)
    {
        var ids = deciders.Distinct().ToList();
        if (ids.Count == 0)
            return [];
        var kinds = await db.Records.AsNoTracking().Where(r => ids.Contains(r.Id)).Select(r => new { r.Id, r.Kind }).ToListAsync(ct);
        return kinds.Where(k => types.Find(k.Kind) is { HasPages: true }).ToDictionary(k => k.Id, k => types.Find(k.Kind)!.UrlOf(k.Id));
    }
}
