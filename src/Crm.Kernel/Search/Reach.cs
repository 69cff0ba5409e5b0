using Crm.Abstractions.Search;

namespace Crm.Kernel.Search;

/// <summary>What a reader may find, and the filters he set, as a condition that the index itself answers.</summary>
internal static class Reach
{
    /// <summary>Null: nothing at all.</summary>
    public static Wanted? Of(SearchQuery query)
    {
        var groups = Groups(query);
        if (groups.Count == 0)
            return null;
        var reach = Wanted.AnyOf([.. groups.Select(Group)]);
        return Owners(query) is { } owners ? Wanted.AllOf(owners, reach) : reach;
    }

    /// <summary>The kinds that the reader finds, by what he must hold for them; null where he sees all.</summary>
    public static IReadOnlyList<(IReadOnlyList<string> Kinds, IReadOnlyList<string>? Acl)> Groups(SearchQuery query)
    {
        // Kinds that are read by the same rights share one list of tokens, which can be some hundred long.
        var groups = new Dictionary<string, (List<string> Kinds, IReadOnlyList<string>? Acl)>();
        foreach (var kind in query.Kinds.Distinct())
        {
            if (!query.AclByKind.TryGetValue(kind, out var acl) || acl is { Count: 0 })
                continue;
            var key = acl is null ? "" : string.Join(' ', acl.Order(StringComparer.Ordinal));
            if (!groups.TryGetValue(key, out var group))
                groups[key] = group = ([], acl);
            group.Kinds.Add(kind);
        }

        return [.. groups.Values.Select(g => ((IReadOnlyList<string>)g.Kinds, g.Acl))];
    }

    /// <summary>The owners that the reader filters by, or null.</summary>
    public static Wanted? Owners(SearchQuery query) => query.OwnerId is { } owner
        ? Wanted.AnyOf([.. query.FormerOwnerIds.Prepend(owner).Select(o => Wanted.Word(Marks.Owner(o)))])
        : null;

    /// <summary>One token at least of a reader's.</summary>
    public static Wanted Held(IEnumerable<string> acl) => Wanted.AnyOf([.. acl.Distinct().Select(t => Wanted.Word(Marks.Acl(t)))]);

    private static Wanted Group((IReadOnlyList<string> Kinds, IReadOnlyList<string>? Acl) group)
    {
        var ofKind = Wanted.AnyOf([.. group.Kinds.Select(k => Wanted.Word(Marks.Kind(k)))]);
        return group.Acl is null ? ofKind : Wanted.AllOf(Held(group.Acl), ofKind);
    }
}
