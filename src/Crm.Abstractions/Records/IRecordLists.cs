namespace Crm.Abstractions.Records;

/// <summary>Records chosen as lists choose them, by the filter grammar and by segments: what rules and verbs of modules work on. Everything is as the caller of the scope may see it; in a job that is all.</summary>
public interface IRecordLists
{
    /// <summary>The names of the segments of a type that the caller has: his own, and everybody's; for the server everybody's alone.</summary>
    /// <param name="kind">The type's singular name.</param>
    /// <param name="ct">Ends the read.</param>
    Task<IReadOnlyList<string>> SegmentsAsync(string kind, CancellationToken ct);

    /// <summary>The names of the segments of a type that everybody has: what the server can follow on its own.</summary>
    /// <param name="kind">The type's singular name.</param>
    /// <param name="ct">Ends the read.</param>
    Task<IReadOnlyList<string>> SharedSegmentsAsync(string kind, CancellationToken ct);

    /// <summary>The fields of a type that the caller may read: its own, contributed ones, and those that administrators made.</summary>
    /// <param name="kind">The type's singular name.</param>
    /// <param name="ct">Ends the read.</param>
    Task<IReadOnlyList<RecordField>> FieldsAsync(string kind, CancellationToken ct);

    /// <summary>The ids of what a filter leaves, in the order of their keys.</summary>
    /// <param name="kind">The type's singular name.</param>
    /// <param name="filter">In the filter grammar, or null for all.</param>
    /// <param name="after">The last id of the page before; empty for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="ct">Ends the read.</param>
    /// <exception cref="RuleViolation">The filter can't be read; the field is <c>filter</c>.</exception>
    Task<IReadOnlyList<Guid>> IdsAsync(string kind, string? filter, Guid after, int limit, CancellationToken ct);

    /// <summary>The days that a field holds, of what a filter leaves, in the order of the records' keys; records without one are left out.</summary>
    /// <param name="kind">The type's singular name.</param>
    /// <param name="field">The name of a field that holds a day.</param>
    /// <param name="filter">In the filter grammar, or null for all.</param>
    /// <param name="after">The last id of the page before; empty for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="ct">Ends the read.</param>
    /// <exception cref="RuleViolation">The filter can't be read, or there is no such field of days.</exception>
    Task<IReadOnlyList<RecordDay>> DaysAsync(string kind, string field, string? filter, Guid after, int limit, CancellationToken ct);
}

/// <summary>A day that a record holds.</summary>
/// <param name="Id">The record.</param>
/// <param name="Day">The day.</param>
public sealed record RecordDay(Guid Id, DateOnly Day);
