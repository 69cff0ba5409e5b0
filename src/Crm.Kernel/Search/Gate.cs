using Crm.Abstractions.Search;

namespace Crm.Kernel.Search;

/// <summary>
/// The same trimming as <see cref="Reach"/>, asked of one document: where a reader's tokens are many or the hits few,
/// looking at the hits costs less than reading every token's list.
/// </summary>
internal sealed class Gate
{
    private readonly Dictionary<string, HashSet<string>?> _aclByKind = [];
    private readonly HashSet<Guid>? _owners;

    public Gate(SearchQuery query)
    {
        _owners = query.OwnerId is { } owner ? [owner, .. query.FormerOwnerIds] : null;
        foreach (var kind in query.Kinds)
        {
            if (query.AclByKind.TryGetValue(kind, out var acl))
                _aclByKind[kind] = acl is null ? null : [.. acl];
        }
    }

    public bool IsOpen(string kind, Guid? ownerId, string acl) =>
        _aclByKind.TryGetValue(kind, out var tokens)
        && (_owners is null || (ownerId is { } id && _owners.Contains(id)))
        && (tokens is null || StoredText.Acl(acl).Any(tokens.Contains));
}
