using System.Linq.Expressions;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Filters;
using Crm.Kernel.Modules;

namespace Crm.Kernel.Records;

/// <summary>The fields of a type that somebody may read: its own, and those that modules which are on contribute. The reader's, where nobody else is named.</summary>
internal sealed class RecordFields<T>(KernelDb db, RecordType type, Contributions contributions, Rights? of = null, IReadOnlyCollection<string>? without = null)
    where T : class, IRecord
{
    private readonly Dictionary<string, ContributedField> _late = new(StringComparer.OrdinalIgnoreCase);
    private IReadOnlyList<RecordField>? _readable;

    public async Task<IReadOnlyList<RecordField>> ReadableAsync(CancellationToken ct)
    {
        if (_readable is not null)
            return _readable;
        var rights = of ?? await db.RightsAsync(ct);
        var readable = type.Fields.Where(f => FieldRights.MayRead(f, rights)).ToList();
        foreach (var contributed in contributions.Of<ContributedField>(rights).Where(c => IsFor(c, rights) && without?.Contains(c.Name) != true))
        {
            if (readable.Exists(f => string.Equals(f.Name, contributed.Name, StringComparison.OrdinalIgnoreCase)))
                continue;
            readable.Add(AsField(contributed, contributed.IsLate ? null : Column(contributed.ValueOf(db))));
            if (contributed.IsLate)
                _late[contributed.Name] = contributed;
        }

        return _readable = readable;
    }

    /// <summary>The same, where those by which something is found or sorted have their columns.</summary>
    /// <param name="isUsed">Says of a field's name whether it may be used; rather once too often.</param>
    /// <param name="ct">Ends the read.</param>
    public async Task<IReadOnlyList<RecordField>> ReadyAsync(Func<string, bool> isUsed, CancellationToken ct)
    {
        var readable = await ReadableAsync(ct);
        foreach (var late in _late.Values.Where(l => isUsed(l.Name)).ToList())
        {
            var ready = AsField(late, Column(await late.ValueOfAsync(db, ct)));
            // Who goes through the fields that he was given goes on with those.
            readable = [.. readable.Select(f => f.Name == late.Name ? ready : f)];
            _late.Remove(late.Name);
        }

        return _readable = readable;
    }

    /// <summary>The same, ready for a filter.</summary>
    public Task<IReadOnlyList<RecordField>> ReadyAsync(FilterNode filter, CancellationToken ct) => ReadyAsync(new HashSet<string>(filter.Fields, StringComparer.OrdinalIgnoreCase).Contains, ct);

    /// <summary>The fields of the given names, in that order, to be shown; all where no names are given.</summary>
    /// <exception cref="BadFilter">There is no such field for the caller.</exception>
    public async Task<IReadOnlyList<RecordField>> NamedAsync(IReadOnlyList<string>? names, CancellationToken ct)
    {
        var readable = await ReadyAsync(n => names?.Contains(n, StringComparer.OrdinalIgnoreCase) != false, ct);
        return names is null ? readable : names.Select(n => Find(readable, n) ?? throw new BadFilter($"There is no field '{n}'", 1)).Distinct().ToList();
    }

    public static RecordField? Find(IReadOnlyList<RecordField> fields, string name) =>
        fields.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase));

    private bool IsFor(ContributedField field, Rights rights) =>
        rights.May(field.Permission) && (field.Kinds.Count == 0 ? type.HasPages : type.Kinds.All(k => field.Kinds.Contains(k, StringComparer.Ordinal)));

    private RecordField AsField(ContributedField contributed, LambdaExpression? column) => contributed.AsField(column, contributions.FeaturesOf(contributed.GetType())[0]);

    private static LambdaExpression Column(LambdaExpression value)
    {
        var row = Expression.Parameter(typeof(T), "r");
        return Expression.Lambda(Columns.Of(value, Expression.Property(row, nameof(IRecord.Id))), row);
    }
}
