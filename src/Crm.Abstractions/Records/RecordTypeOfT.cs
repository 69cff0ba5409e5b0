using Crm.Abstractions.Data;

namespace Crm.Abstractions.Records;

/// <summary>The description of one record type.</summary>
/// <typeparam name="T">The record.</typeparam>
public abstract class RecordType<T> : RecordType
    where T : class, IRecord
{
    private RecordDescription<T>? _description;

    /// <inheritdoc/>
    public override RecordDescription Description => _description ??= Described();

    /// <inheritdoc/>
    public override Type Entity => typeof(T);

    /// <inheritdoc/>
    public override string TitleOf(object record) => Title((T)record);

    /// <inheritdoc/>
    public override string SortTitleOf(object record) => SortTitle((T)record);

    /// <inheritdoc/>
    public override IEnumerable<TimelineEntry> TimelineOf(object record) => Timeline((T)record);

    /// <summary>Says everything about the type, once.</summary>
    /// <param name="it">Takes the words.</param>
    protected abstract void Describe(RecordDescription<T> it);

    /// <summary>What a record is called.</summary>
    /// <param name="record">The record.</param>
    protected abstract string Title(T record);

    /// <summary>What a record is sorted by; its title where not said otherwise.</summary>
    /// <param name="record">The record.</param>
    protected virtual string SortTitle(T record) => Title(record);

    /// <summary>Entries that a record makes in other records' timelines.</summary>
    /// <param name="record">The record.</param>
    protected virtual IEnumerable<TimelineEntry> Timeline(T record) => [];

    /// <summary>Makes a new, empty record. <paramref name="about"/> is the record that a dependant hangs on.</summary>
    /// <param name="about">The record that it hangs on, or null.</param>
    public abstract T Create(Guid? about);

    /// <summary>Checks a record before it is saved; throws <see cref="RuleViolation"/> with what is wrong.</summary>
    /// <param name="record">The record.</param>
    public virtual void Check(T record)
    {
    }

    /// <summary>Further text of the search documents of records, from rows that hang on them.</summary>
    /// <param name="db">The database.</param>
    /// <param name="ids">The records' ids.</param>
    /// <param name="ct">Ends the read.</param>
    public virtual Task<ILookup<Guid, string>> SearchTextsAsync(CrmDb db, IReadOnlyList<Guid> ids, CancellationToken ct) =>
        Task.FromResult(Enumerable.Empty<KeyValuePair<Guid, string>>().ToLookup(p => p.Key, p => p.Value));

    /// <summary>The keys by which an import finds records that are there already, the surest first: the first that a row has decides.</summary>
    public virtual IReadOnlyList<NaturalKey<T>> NaturalKeys => [];

    private RecordDescription<T> Described()
    {
        var description = new RecordDescription<T>();
        Describe(description);
        description.AddSpineFields();
        return description;
    }
}
