namespace Crm.Abstractions.Search;

/// <summary>A question to the full-text index, already narrowed to what the reader may see.</summary>
/// <param name="Text">What the user typed: words (all must be there), "phrases", -exclusions. Any text is valid.</param>
/// <param name="Kinds">The kinds that the reader may find; none finds nothing.</param>
/// <param name="AclByKind">
/// For each kind the tokens of which a document must carry one. Null: the reader sees all of that kind.
/// A kind without an entry here is not found at all.
/// </param>
/// <param name="OwnerId">Only documents of this owner.</param>
/// <param name="Since">Only documents at or after this instant.</param>
/// <param name="Until">Only documents at or before this instant.</param>
/// <param name="Limit">Hits per page, 1 to 200; other numbers are brought into that range.</param>
/// <param name="After">The cursor of the page before, or null for the first page.</param>
/// <param name="LastWordIsPrefix">Whether the last word may go on, as while typing.</param>
public sealed record SearchQuery(
    string Text,
    IReadOnlyList<string> Kinds,
    IReadOnlyDictionary<string, IReadOnlyList<string>?> AclByKind,
    Guid? OwnerId,
    DateTimeOffset? Since,
    DateTimeOffset? Until,
    int Limit,
    string? After,
    bool LastWordIsPrefix)
{
    /// <summary>Owners whose documents count as the owner's, because a hand-over from them is still on its way.</summary>
    public IReadOnlyList<Guid> FormerOwnerIds { get; init; } = [];

    /// <summary>The kinds of documents that there are beside those that may be found; null where they are not known. It chooses a way of asking and changes nothing that is found.</summary>
    public IReadOnlyList<string>? KindsBeside { get; init; }
}
