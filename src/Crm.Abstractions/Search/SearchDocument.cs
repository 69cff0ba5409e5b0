namespace Crm.Abstractions.Search;

/// <summary>What the full-text index keeps of one record.</summary>
/// <param name="Id">The record's id; a document is replaced by another with the same id.</param>
/// <param name="Kind">The record's kind, by which rights and switches trim the hits.</param>
/// <param name="Title">The record's title; a hit here ranks above one in the body.</param>
/// <param name="Body">All other searchable text, as it is shown: snippets are cut from it.</param>
/// <param name="Acl">Tokens of which a reader must hold one to find the document; any text without spaces.</param>
/// <param name="OwnerId">The owner by which hits can be filtered.</param>
/// <param name="At">The time that "newer" and time filters mean.</param>
public sealed record SearchDocument(
    Guid Id,
    string Kind,
    string Title,
    string Body,
    IReadOnlyList<string> Acl,
    Guid? OwnerId,
    DateTimeOffset At);
