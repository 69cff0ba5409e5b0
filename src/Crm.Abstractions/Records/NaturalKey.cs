using Crm.Abstractions.Data;

namespace Crm.Abstractions.Records;

/// <summary>A key by which a file's row finds the record that is there already, where neither has an External ID.</summary>
/// <typeparam name="T">The record.</typeparam>
/// <param name="name">The key's name in the commands: <c>email</c>.</param>
/// <param name="of">The key of a record made from a row, whose spine has its title and <see cref="Spine.Match"/>; null where the row has none. The same text means the same record.</param>
/// <param name="find">Finds the records that have any of the keys, by key. One query for many rows.</param>
public sealed class NaturalKey<T>(
    string name, Func<T, string?> of, Func<CrmDb, IReadOnlyCollection<string>, CancellationToken, Task<ILookup<string, Guid>>> find)
    where T : class, IRecord
{
    /// <summary>The key's name in the commands.</summary>
    public string Name { get; } = name;

    /// <summary>The key of a record made from a row; null where the row has none.</summary>
    /// <param name="record">The record.</param>
    public string? Of(T record) => of(record);

    /// <summary>Finds the records, whoever may see them, that have any of the keys.</summary>
    /// <param name="db">The database.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="ct">Ends the read.</param>
    public Task<ILookup<string, Guid>> FindAsync(CrmDb db, IReadOnlyCollection<string> keys, CancellationToken ct) => find(db, keys, ct);
}
