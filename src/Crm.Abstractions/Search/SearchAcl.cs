namespace Crm.Abstractions.Search;

/// <summary>New access tokens of a document whose text stays as it is.</summary>
/// <param name="Id">The record's id.</param>
/// <param name="Acl">The tokens that replace the document's tokens.</param>
/// <param name="OwnerId">The owner that replaces the document's owner.</param>
public sealed record SearchAcl(Guid Id, IReadOnlyList<string> Acl, Guid? OwnerId);
