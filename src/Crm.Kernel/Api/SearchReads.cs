using Crm.Abstractions.Records;
using Crm.Abstractions.Search;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.Records;
using Crm.Kernel.Search;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Api;

/// <summary>A hit of the search, as the API gives it.</summary>
internal sealed record SearchHit(LinkView Record, string Snippet);

/// <summary>Search over the API.</summary>
internal sealed class SearchReads(KernelDb db, RecordTypes types, TextSearch search)
{
    public static async Task FindAsync(HttpContext http)
    {
        var text = http.Asked("q") ?? throw new ApiRefusal(Problem.BadRequest("Say what to search with 'q'."));
        var reads = ActivatorUtilities.CreateInstance<SearchReads>(http.RequestServices);
        var (hits, next) = await reads.FindAsync(text, http.Names("types"), http.Limit(), http.Asked("after"), http.RequestAborted);
        await http.AnswerAsync(200, ApiCall.Json(w =>
        {
            w.WriteStartObject();
            w.WriteStartArray("items");
            foreach (var hit in hits)
            {
                w.WriteStartObject();
                w.WriteString("type", hit.Record.Kind);
                w.WriteString("id", hit.Record.Id);
                w.WriteString("title", hit.Record.Title);
                w.WriteString("snippet", hit.Snippet);
                w.WriteString("url", hit.Record.Url);
                w.WriteEndObject();
            }

            w.WriteEndArray();
            w.WriteString("next", next);
            w.WriteEndObject();
        }));
    }

    private async Task<(List<SearchHit> Hits, string? Next)> FindAsync(string text, IReadOnlyList<string>? names, int limit, string? after, CancellationToken ct)
    {
        var kinds = names is null ? types.All.SelectMany(t => t.Kinds) : names.SelectMany(KindsOf);
        var wanted = kinds.Distinct(StringComparer.Ordinal).ToList();
        var query = QueryText.Read(text, lastWordIsPrefix: true);
        var seen = await search.SeenAsync(text, wanted, limit, after, null, matches => VisibleAsync(matches, wanted, query, ct), ct);
        return (seen.Hits, seen.Next);
    }

    private IReadOnlyList<string> KindsOf(string name) =>
        (types.Find(name) ?? types.FindPlural(name))?.Kinds ?? throw new ApiRefusal(Problem.BadRequest("'types' names a type that isn't there."));

    private async Task<List<SearchHit>> VisibleAsync(IReadOnlyList<SearchMatch> matches, List<string> kinds, QueryText query, CancellationToken ct)
    {
        var ids = matches.Select(m => m.Id).ToList();
        var rights = await db.RightsAsync(ct);
        var rows = await (await db.VisibleAmongAsync(ids, ct, kinds)).AsNoTracking()
            .Select(r => new { r.Id, r.Kind, r.Title, r.DecidedById }).ToDictionaryAsync(r => r.Id, ct);
        var about = await new LinkNames(db, types).RecordsAsync(rows.Values.Select(r => r.DecidedById).OfType<Guid>(), ct);
        var hits = new List<SearchHit>();
        foreach (var match in matches)
        {
            if (!rows.TryGetValue(match.Id, out var row) || types.Find(row.Kind) is not { } type)
                continue;
            var url = type.HasPages || row.DecidedById is not { } decider ? type.UrlOf(row.Id) : about.GetValueOrDefault(decider)?.Url;
            // A text of fields that the reader may not read is not shown in pieces either.
            var body = type.Fields.Any(f => f.IsSearchable && !FieldRights.MayRead(f, rights)) || match.Body.Length == 0 ? row.Title : match.Body;
            hits.Add(new(new LinkView(row.Id, row.Kind, row.Title, url), Snippets.Cut(body, query)));
        }

        return hits;
    }
}
