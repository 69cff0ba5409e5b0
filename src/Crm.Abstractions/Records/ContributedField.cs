using System.Linq.Expressions;
using Crm.Abstractions.Data;

namespace Crm.Abstractions.Records;

/// <summary>A field that a module gives to other modules' record types; gone where the module is off. Its value is company-wide.</summary>
public abstract class ContributedField
{
    /// <summary>The API name with the module's word before a dot: <c>notes.count</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The label, in English.</summary>
    public abstract string Label { get; }

    /// <summary>What it holds.</summary>
    public abstract FieldKind Kind { get; }

    /// <summary>The permission asked for in any door.</summary>
    public abstract string Permission { get; }

    /// <summary>The record types that get it; empty means all that have pages.</summary>
    public virtual IReadOnlyList<string> Kinds => [];

    /// <summary>Shown among the key facts of the record's page.</summary>
    public virtual bool IsKeyFact => false;

    /// <summary>For a choice: its options, with the colours of their badges.</summary>
    public virtual IReadOnlyList<FieldOption> Options => [];

    /// <summary>The value of the record with an id, as an expression of the same database.</summary>
    /// <param name="db">The database.</param>
    public abstract LambdaExpression ValueOf(CrmDb db);

    /// <summary>True where <see cref="ValueOfAsync"/> reads rows first: it is asked only where the field is used.</summary>
    public virtual bool IsLate => false;

    /// <summary>The same, for a field whose expression follows from rows that are read first; values in it are held in variables, so that one query serves them all.</summary>
    /// <param name="db">The database.</param>
    /// <param name="ct">Ends the read.</param>
    public virtual Task<LambdaExpression> ValueOfAsync(CrmDb db, CancellationToken ct) => Task.FromResult(ValueOf(db));

    /// <summary>The field as the doors of a record type see it. Its values are read by the column, never from a loaded record.</summary>
    /// <param name="column">The value by record; null for one that is late.</param>
    /// <param name="module">The module that contributes it.</param>
    public RecordField AsField(LambdaExpression? column, string module) => new()
    {
        Name = Name,
        Kind = Kind,
        Label = Label,
        Column = column,
        IsLate = column is null,
        Read = _ => null,
        IsSortable = true,
        IsKeyFact = IsKeyFact,
        IsShown = false,
        Options = Options,
        ReadPermission = Permission,
        ContributedBy = module,
    };
}

/// <summary>A contributed field with its value's type.</summary>
/// <typeparam name="TValue">The type, nullable where there may be none.</typeparam>
public abstract class ContributedField<TValue> : ContributedField
{
    /// <inheritdoc/>
    public override LambdaExpression ValueOf(CrmDb db) => Value(db);

    /// <summary>The value of the record with an id.</summary>
    /// <param name="db">The database.</param>
    protected abstract Expression<Func<Guid, TValue>> Value(CrmDb db);
}
