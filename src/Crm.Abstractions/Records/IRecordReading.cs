namespace Crm.Abstractions.Records;

/// <summary>Reads records of other modules, of whatever type, as the caller may see them: for letters, mails and whatever else is made of a record's words.</summary>
public interface IRecordReading
{
    /// <summary>The record with the fields that the caller may read; null where it isn't there or not for him.</summary>
    /// <param name="id">The record's id.</param>
    /// <param name="ct">Ends the read.</param>
    Task<RecordWords?> ReadAsync(Guid id, CancellationToken ct);
}

/// <summary>A record in words.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Its type's singular name.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Url">The address of its page.</param>
/// <param name="Words">Its values by the fields' API names, as people read them in the current culture; empty ones are left out.</param>
/// <param name="Values">Those of them that are several values with a kind each, as phones and e-mails are.</param>
public sealed record RecordWords(
    Guid Id, string Kind, string Title, string Url, IReadOnlyDictionary<string, string> Words, IReadOnlyDictionary<string, IReadOnlyList<ValueEntry>> Values);
