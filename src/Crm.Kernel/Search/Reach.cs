using Crm.Abstractions.Search;

namespace Crm.Kernel.Search;

/// <summary>What a reader may find, and the filters he set, as a condition that the index itself answers.</summary>
internal static class Reach
{
    /// <summary>What is wanted, narrowed to the reader's part and his filters. A document of it may still be one that <see cref="Gate"/> keeps.</summary>
    /// <param name="query">The question; of some kinds he finds something.</param>
    /// <param name="wanted">What is wanted.</param>
    public static Wanted Narrow(SearchQuery query, Wanted wanted)
    {
        var groups = Groups(query);
        IReadOnlyList<Wanted> parts = [wanted, .. Owners(query) is { } owners ? [owners] : Array.Empty<Wanted>()];
        // Each kind's list is as long as its documents are many, and all are gone through beside the words': the fewer are named.
        if (query.KindsBeside is not { } beside || beside.Count >= groups.Sum(g => g.Kinds.Count))
            return Wanted.AllOf([.. parts, Wanted.AnyOf([.. groups.Select(Group)])]);
        var open = groups.Where(g => g.Acl is null).SelectMany(g => g.Kinds).Select(k => Wanted.Word(Marks.Kind(k)));
        var held = groups.SelectMany(g => g.Acl ?? []).ToList();
        var reach = Wanted.AllOf(held.Count == 0 ? parts : [.. parts, Wanted.AnyOf([Held(held), .. open])]);
        return beside.Count == 0 ? reach : new Wanted.Except(reach, Wanted.AnyOf([.. beside.Select(k => Wanted.Word(Marks.Kind(k)))]));
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
