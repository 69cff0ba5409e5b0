using Crm.Abstractions.Records;

namespace Crm.Abstractions.Security;

/// <summary>Shares records for a module's own reasons, as the deed "share" does for people's.</summary>
public interface IRecordSharing
{
    /// <summary>Shares a record with a user, where it is not shared already. Saved with the scope's unit.</summary>
    /// <param name="record">The record.</param>
    /// <param name="userId">With whom.</param>
    /// <param name="mayEdit">Whether he may change it.</param>
    /// <param name="ct">Ends the read of what is shared.</param>
    /// <returns>True where it was not shared with him before.</returns>
    Task<bool> ShareAsync(IRecord record, Guid userId, bool mayEdit, CancellationToken ct);

    /// <summary>Takes a share back that a module gave; one that somebody gave by hand stays. Saved with the scope's unit.</summary>
    /// <param name="record">The record.</param>
    /// <param name="userId">From whom.</param>
    /// <param name="ct">Ends the read of what is shared.</param>
    Task WithdrawAsync(IRecord record, Guid userId, CancellationToken ct);

    /// <summary>Gives a record that goes on from another one the account managers and the shares that people gave the other by hand. Saved with the scope's unit.</summary>
    /// <param name="from">The other record.</param>
    /// <param name="to">The new record.</param>
    /// <param name="ct">Ends the read of what is shared.</param>
    Task CopyAsync(IRecord from, IRecord to, CancellationToken ct);
}
