using Crm.Abstractions.Records;
using Crm.Abstractions.Search;
using Crm.Abstractions.Security;
using Crm.Kernel.Bulk;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.Search;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Crm.Kernel.Records;

/// <summary>What a search is narrowed to, beside its words and kinds.</summary>
internal sealed record SearchLimits(Guid? OwnerId = null, DateTimeOffset? Since = null, DateTimeOffset? Until = null);

/// <summary>Some hits that the reader may see, best first.</summary>
/// <param name="Next">Where it goes on; null at the end.</param>
/// <param name="IsCapped">The index gave up looking; there may be more.</param>
internal sealed record SeenHits<T>(List<T> Hits, string? Next, bool IsCapped);

/// <summary>Asks the full-text index with the reader's rights. What it finds still passes the rights on rows before it leaves.</summary>
internal sealed class TextSearch(KernelDb db, RecordTypes types, Contributions contributions, PermissionCatalog permissions, OpenKinds open, ISearchIndex index)
{
    private const int MostTurns = 5;
    private const int FurtherHits = 50;

    /// <summary>A page of hits among kinds.</summary>
    /// <exception cref="BadFilter">The cursor is none of this search.</exception>
    public async Task<SearchPage> PageAsync(string text, IReadOnlyCollection<string> kinds, int limit, string? after, bool lastWordIsPrefix, CancellationToken ct, SearchLimits? limits = null)
    {
        var rights = await db.RightsAsync(ct);
        var indexed = types.All.Where(t => !t.IsUnion && !t.IsPartOfRecord).ToList();
        var seen = indexed.FindAll(t => kinds.Contains(t.Name, StringComparer.Ordinal) && MaySee(t, rights));
        if (seen.Count == 0 || string.IsNullOrWhiteSpace(text))
            return SearchPage.Empty;
        var heirs = await db.Known.HeirsAsync(ct);
        var query = new SearchQuery(
            PlainText.Clip(text, 1_000), seen.ConvertAll(t => t.Name), seen.ToDictionary(t => t.Name, t => Tokens(t, rights, heirs)),
            limits?.OwnerId, limits?.Since, limits?.Until, limit, after, lastWordIsPrefix)
        {
            KindsBeside = [.. indexed.Except(seen).Select(t => t.Name)],
            FormerOwnerIds = limits?.OwnerId is { } owner ? Heirs.Before(heirs, owner) : [],
        };
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            return await index.QueryAsync(db.Database.GetDbConnection(), db.Database.CurrentTransaction?.GetDbTransaction(), query, ct);
        }
        catch (FormatException)
        {
            throw new BadFilter("The cursor is none of this search", 1);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>A page of what the reader may see of the hits: where the rows hide what the tokens let pass, the next hits are looked at, so many times.</summary>
    /// <param name="show">Makes what is shown of hits, without those that the reader may not see.</param>
    /// <exception cref="BadFilter">The cursor is none of this search.</exception>
    public async Task<SeenHits<T>> SeenAsync<T>(
        string text, IReadOnlyCollection<string> kinds, int limit, string? after, SearchLimits? limits, Func<IReadOnlyList<SearchMatch>, Task<List<T>>> show, CancellationToken ct)
    {
        for (var turn = 1; ; turn++)
        {
            var page = await PageAsync(text, kinds, turn == 1 ? limit : Math.Max(limit, FurtherHits), after, lastWordIsPrefix: true, ct, limits);
            var seen = page.Matches.Count == 0 ? [] : await show(page.Matches);
            if (seen.Count > 0 || page.Next is null || turn == MostTurns)
                return new SeenHits<T>(seen, page.Next, page.Capped);
            after = page.Next;
        }
    }

    /// <summary>The ids of the best hits, so many at most.</summary>
    public async Task<IReadOnlyList<Guid>> BestAsync(string text, IReadOnlyCollection<string> kinds, int atMost, CancellationToken ct)
    {
        var ids = new List<Guid>();
        string? after = null;
        do
        {
            var page = await PageAsync(text, kinds, Math.Min(200, atMost - ids.Count), after, lastWordIsPrefix: true, ct);
            ids.AddRange(page.Matches.Select(m => m.Id));
            after = page.Next;
        }
        while (after is not null && ids.Count < atMost);
        return ids;
    }

    private bool MaySee(RecordType type, Rights rights) => rights.May(type.ViewPermission) && contributions.IsOn(type.GetType(), rights);

    // What hangs on others, or concerns them, is found by who may find one of those.
    private IReadOnlyList<string>? Tokens(RecordType type, Rights rights, IReadOnlyList<Heir> heirs)
    {
        var own = type.IsDependant ? RoleScope.Own : rights.ScopeOf(type.ViewPermission)!.Value;
        var scope = type.IsDependant || type.ConcernsRecords
            ? types.All.Where(t => !t.IsDependant && !t.IsUnion && permissions.IsScoped(t.ViewPermission) && MaySee(t, rights)).Select(t => rights.ScopeOf(t.ViewPermission)).Append(own).Max()!.Value
            : own;
        // Of mail templates and the like he sees all, and so what hangs on them. All kinds get the tokens, that the index is asked once.
        return SearchAcls.OfReader(rights, scope, heirs) is { } tokens
            ? [.. tokens, .. types.All.Where(t => open.Names.Contains(t.Name) && MaySee(t, rights)).Select(t => SearchAcls.Open(t.Name))] : null;
    }
}
