using Crm.Abstractions.Search;

namespace Crm.Kernel.Search;

/// <summary>What a reader may find, and the filters he set, as a condition that the index itself answers.</summary>
internal static class Reach
{
    /// <summary>Null: nothing at all.</summary>
    public static Wanted? Of(SearchQuery query)
    {
        // Kinds that are read by the same rights share one list of tokens, which can be some hundred long.
        var groups = new Dictionary<string, (List<Wanted> Kinds, IReadOnlyList<string>? Acl)>();
        foreach (var kind in query.Kinds.Distinct())
        {
            if (!query.AclByKind.TryGetValue(kind, out var acl) || acl is { Count: 0 })
                continue;
            var key = acl is null ? "" : string.Join(' ', acl.Order(StringComparer.Ordinal));
            if (!groups.TryGetValue(key, out var group))
                groups[key] = group = ([], acl);
            group.Kinds.Add(Wanted.Word(Marks.Kind(kind)));
        }

        if (groups.Count == 0)
            return null;
        var reach = Wanted.AnyOf([.. groups.Values.Select(g => Group(g.Kinds, g.Acl))]);
        return query.OwnerId is { } owner
            ? Wanted.AllOf(Wanted.AnyOf([.. query.FormerOwnerIds.Prepend(owner).Select(o => Wanted.Word(Marks.Owner(o)))]), reach)
            : reach;
    }

    private static Wanted Group(List<Wanted> kinds, IReadOnlyList<string>? acl)
    {
        var ofKind = Wanted.AnyOf(kinds);
        return acl is null
            ? ofKind
            : Wanted.AllOf(Wanted.AnyOf([.. acl.Distinct().Select(t => Wanted.Word(Marks.Acl(t)))]), ofKind);
    }
}
