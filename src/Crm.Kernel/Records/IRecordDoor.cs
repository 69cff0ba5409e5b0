using Crm.Abstractions.Records;
using Crm.Kernel.Bulk;

namespace Crm.Kernel.Records;

/// <summary>One record type as every door sees it: the list page, forms, the API, import and export all come through here, with the caller's rights.</summary>
internal interface IRecordDoor
{
    RecordType Type { get; }

    /// <summary>The fields that the caller may read: the type's own and those contributed by modules that are on.</summary>
    Task<IReadOnlyList<RecordField>> FieldsAsync(CancellationToken ct);

    /// <summary>Says whether the caller may write a field: at creation, or afterwards.</summary>
    Task<bool> MayWriteAsync(RecordField field, bool creating, CancellationToken ct);

    /// <summary>What a field of a new record holds before anybody fills it in.</summary>
    object? Fresh(RecordField field);

    /// <summary>A page of what the caller may see.</summary>
    /// <exception cref="BadFilter">The filter or sort can't be read, or names a field that the caller may not read.</exception>
    Task<RecordPage> ListAsync(RecordQuery query, CancellationToken ct);

    /// <summary>How many rows a filter leaves; counts to <paramref name="atMost"/> and no further.</summary>
    Task<int> CountAsync(string? filter, int atMost, CancellationToken ct);

    /// <summary>Sums over what the caller may see.</summary>
    Task<IReadOnlyList<SummaryRow>> SummaryAsync(string group, string? sum, string? filter, CancellationToken ct);

    /// <summary>A record with all its readable fields, or null where it isn't there or not visible.</summary>
    Task<RecordView?> FindAsync(Guid id, CancellationToken ct);

    /// <summary>Makes a record; <paramref name="about"/> is the record that a dependant hangs on.</summary>
    /// <exception cref="RuleViolation">A value breaks a rule.</exception>
    /// <exception cref="NotAllowed">The caller may not.</exception>
    Task<RecordView> CreateAsync(IReadOnlyDictionary<string, object?> values, Guid? about, CancellationToken ct);

    /// <summary>What modules find worth a second thought about a record that was just saved.</summary>
    Task<IReadOnlyList<RuleMessage>> AdviceAsync(Guid id, CancellationToken ct);

    /// <summary>Changes the given fields.</summary>
    /// <exception cref="RecordMissing">Not there or not visible.</exception>
    /// <exception cref="StaleRecord">Somebody saved in between; carries the present state.</exception>
    Task<RecordView> UpdateAsync(Guid id, IReadOnlyDictionary<string, object?> values, long? ifVersion, CancellationToken ct);

    /// <summary>Puts a record into the bin, with what hangs on it.</summary>
    Task DeleteAsync(Guid id, long? ifVersion, CancellationToken ct);

    /// <summary>Takes a record out of the bin.</summary>
    Task RestoreAsync(Guid id, CancellationToken ct);

    /// <summary>Runs a deed.</summary>
    Task<RecordView> DoAsync(Guid id, string verb, IReadOnlyDictionary<string, object?> input, long? ifVersion, CancellationToken ct);

    /// <summary>The ids of what a filter leaves of the records made until then, in the order of their keys.</summary>
    Task<IReadOnlyList<Guid>> IdsAsync(string? filter, DateTimeOffset until, Guid after, int limit, CancellationToken ct);

    /// <summary>The days that a field holds, of what a filter leaves, in the order of the records' keys.</summary>
    Task<IReadOnlyList<RecordDay>> DaysAsync(string field, string? filter, Guid after, int limit, CancellationToken ct);

    /// <summary>Does the same to many records: a chunk of a bulk act, inside its unit.</summary>
    Task<IReadOnlyList<EditedRecord>> EditAsync(RecordEdit edit, IReadOnlyList<Guid> ids, CancellationToken ct);

    /// <summary>Takes a bulk act's changes of records back: a chunk of the act that does that, inside its unit.</summary>
    Task<IReadOnlyList<EditedRecord>> UndoAsync(IReadOnlyList<BulkRow> rows, CancellationToken ct);
}

/// <summary>What a list is asked for.</summary>
/// <param name="Filter">In the filter grammar, or null.</param>
/// <param name="Sort">Field names with a comma, each with <c>-</c> for descending; null for the title.</param>
/// <param name="Limit">1 to 200.</param>
/// <param name="After">The cursor of the page before, or null.</param>
/// <param name="Text">Full text, or null.</param>
/// <param name="Count">Whether to count all.</param>
/// <param name="Fields">Names of the fields to read; null for all that the caller may read.</param>
internal sealed record RecordQuery(
    string? Filter = null, string? Sort = null, int Limit = 50, string? After = null, string? Text = null, bool Count = false,
    IReadOnlyList<string>? Fields = null);

/// <summary>A page of records.</summary>
internal sealed record RecordPage(IReadOnlyList<RecordView> Items, string? Next, long? Count);

/// <summary>A record as the caller may see it.</summary>
/// <param name="Values">By field name. Links are <see cref="LinkView"/>, several values lists of <see cref="ValueEntry"/>, numbers decimal.</param>
internal sealed record RecordView(
    Guid Id, string Kind, string Title, string Url, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    IReadOnlyDictionary<string, object?> Values)
{
    /// <summary>When what it said was erased, or null.</summary>
    public DateTimeOffset? ErasedAt { get; init; }
}

/// <summary>A record, user or department that a field points to. A record that the reader may not see has no title and no address.</summary>
internal sealed record LinkView(Guid Id, string Kind, string? Title, string? Url);

/// <summary>One group of a sum.</summary>
/// <param name="Key">The group's value, as <see cref="RecordView.Values"/> has it; a list of them where it is grouped by several.</param>
internal sealed record SummaryRow(object? Key, long Count, decimal? Sum);

/// <summary>The record isn't there, or not for this reader. Becomes 404.</summary>
internal sealed class RecordMissing() : Exception("There is no such record.");

/// <summary>The record was changed since it was read. Becomes 412.</summary>
internal sealed class StaleRecord(RecordView now) : Exception("Somebody changed this in the meantime.")
{
    public RecordView Now { get; } = now;
}

/// <summary>A filter or sort that can't be read. Becomes 400.</summary>
internal sealed class BadFilter(string message, int position) : Exception($"{message} (at position {position})")
{
    /// <summary>Where in the text, from 1.</summary>
    public int Position { get; } = position;
}
