namespace Crm.Abstractions.Security;

/// <summary>Rows of a module in which records name users beside owners, account managers and shares, such as who alone may contact a customer. A hand-over brings them to the heir with the records.</summary>
public interface INamedUsers
{
    /// <summary>Some of the records that name a user.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="take">How many are asked for.</param>
    /// <param name="ct">Ends the read.</param>
    Task<IReadOnlyList<Guid>> RecordsAsync(Guid user, int take, CancellationToken ct);

    /// <summary>Names another user in place of one. Saved with the scope's unit.</summary>
    /// <param name="records">The records.</param>
    /// <param name="from">Who was named.</param>
    /// <param name="to">Who is named now.</param>
    /// <param name="isBoth">True where the one stays named beside the other.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>Those of the records that name the first one, each with whether it named the other one before.</returns>
    Task<IReadOnlyDictionary<Guid, bool>> MoveAsync(IReadOnlyCollection<Guid> records, Guid from, Guid to, bool isBoth, CancellationToken ct);
}
