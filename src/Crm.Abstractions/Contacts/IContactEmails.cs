namespace Crm.Abstractions.Contacts;

/// <summary>The addresses of e-mail at which contacts are reached.</summary>
public interface IContactEmails
{
    /// <summary>The first sound address of each contact that has one. Asks nobody's rights: who calls it asks for contacts that the reader sees.</summary>
    /// <param name="contacts">Ids of people and organisations.</param>
    /// <param name="ct">Ends the read.</param>
    Task<IReadOnlyDictionary<Guid, string>> FirstAsync(IReadOnlyCollection<Guid> contacts, CancellationToken ct);

    /// <summary>The contacts that have one of the addresses, by address in whatever capitals; an address may be that of several. Asks nobody's rights: who calls it keeps those that the reader sees.</summary>
    /// <param name="emails">The addresses, in whatever capitals.</param>
    /// <param name="ct">Ends the read.</param>
    Task<ILookup<string, Guid>> FindAsync(IReadOnlyCollection<string> emails, CancellationToken ct);
}
