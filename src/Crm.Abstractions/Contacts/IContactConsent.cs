namespace Crm.Abstractions.Contacts;

/// <summary>What contacts said about being contacted. Asked before somebody writes to them or calls them, or plans to.</summary>
public interface IContactConsent
{
    /// <summary>The newest answer of each contact that gave one for the channel; who said nothing is not in it. That somebody refused is told whether or not the reader sees the contact: a named exception to the rights on rows. When and where it was said, only to who sees it.</summary>
    /// <param name="contacts">Ids of people and organisations.</param>
    /// <param name="channel">One of <see cref="ConsentChannel"/>.</param>
    /// <param name="until">What was said later does not count; null for all that was said.</param>
    /// <param name="ct">Ends the read.</param>
    Task<IReadOnlyDictionary<Guid, ContactAnswer>> AnswersAsync(IReadOnlyCollection<Guid> contacts, string channel, DateTimeOffset? until, CancellationToken ct);
}

/// <summary>What a contact said about a channel.</summary>
/// <param name="IsGiven">True where he may be contacted by it, false where he refused.</param>
/// <param name="At">When it was said; null for a reader who may not see it.</param>
/// <param name="Source">Where it was said: a form, a call, a letter; null for a reader who may not see it.</param>
public sealed record ContactAnswer(bool IsGiven, DateTimeOffset? At, string? Source);
