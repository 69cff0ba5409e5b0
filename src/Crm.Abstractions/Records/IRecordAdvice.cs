namespace Crm.Abstractions.Records;

/// <summary>Says what is worth a second thought about a record that was just saved: no rule is broken and nothing refused. Forms show it beside what was saved, the API as <c>warnings</c>.</summary>
/// <remarks>Listed with <c>ContributeScoped</c>; asked where the module is on.</remarks>
public interface IRecordAdvice
{
    /// <summary>The record types that it is asked about, by their singular names.</summary>
    IReadOnlyList<string> Kinds { get; }

    /// <summary>What there is to say about a record; mostly nothing.</summary>
    /// <param name="id">The record, as it was saved; handlers of what it raised may not have run yet.</param>
    /// <param name="ct">Ends the read.</param>
    Task<IReadOnlyList<RuleMessage>> OnAsync(Guid id, CancellationToken ct);
}
