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
    private IReadOnlyList<RecordField>? _readable;

    public async Task<IReadOnlyList<RecordField>> ReadableAsync(CancellationToken ct)
    {
        if (_readable is not null)
            return _readable;
        var rights = of ?? await db.RightsAsync(ct);
        var readable = type.Fields.Where(f => FieldRights.MayRead(f, rights)).ToList();
        foreach (var contributed in contributions.Of<ContributedField>(rights).Where(c => IsFor(c, rights) && without?.Contains(c.Name) != true))
            readable.Add(await AsFieldAsync(contributed, ct));
        return _readable = [.. readable.DistinctBy(f => f.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The fields of the given names, in that order; all where no names are given.</summary>
    /// <exception cref="BadFilter">There is no such field for the caller.</exception>
    public async Task<IReadOnlyList<RecordField>> NamedAsync(IReadOnlyList<string>? names, CancellationToken ct)
    {
        var readable = await ReadableAsync(ct);
        return names is null ? readable : names.Select(n => Find(readable, n) ?? throw new BadFilter($"There is no field '{n}'", 1)).Distinct().ToList();
    }

    public static RecordField? Find(IReadOnlyList<RecordField> fields, string name) =>
        fields.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase));

    private bool IsFor(ContributedField field, Rights rights) =>
        rights.May(field.Permission) && (field.Kinds.Count == 0 ? type.HasPages : type.Kinds.All(k => field.Kinds.Contains(k, StringComparer.Ordinal)));

    private async Task<RecordField> AsFieldAsync(ContributedField field, CancellationToken ct)
    {
        var value = await field.ValueOfAsync(db, ct);
        var row = Expression.Parameter(typeof(T), "r");
        var column = Expression.Lambda(Columns.Of(value, Expression.Property(row, nameof(IRecord.Id))), row);
        return field.AsField(column, contributions.FeaturesOf(field.GetType())[0]);
    }
}
