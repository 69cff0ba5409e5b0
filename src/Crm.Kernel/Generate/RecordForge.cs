using Crm.Abstractions.Records;
using Crm.Kernel.Records;

namespace Crm.Kernel.Generate;

/// <summary>Makes records of a type from values by field name, as a save would leave them. A field that the type doesn't have is passed over.</summary>
internal sealed class RecordForge<T>(RecordType<T> type, TitleKeys keys) : RecordForge
    where T : class, IRecord
{
    private readonly Dictionary<string, RecordField> _fields =
        type.Fields.Where(f => f.Write is not null).ToDictionary(f => f.Name, StringComparer.Ordinal);

    public override RecordType Type => type;

    public override IRecord Make(Guid? about, DateTimeOffset at, params ReadOnlySpan<(string Field, object? Value)> values)
    {
        var record = type.Create(about);
        foreach (var (field, value) in values)
        {
            if (_fields.TryGetValue(field, out var found))
                found.Write!(record, value);
        }

        type.Check(record);
        var spine = record.Spine;
        spine.Title = type.TitleOf(record);
        spine.SortKey = keys.SortKey(type.SortTitleOf(record));
        spine.Match = keys.Match(spine.Title);
        (spine.CreatedAt, spine.UpdatedAt, spine.Version) = (at, at, 1);
        return record;
    }
}

/// <summary>Makes records of a type.</summary>
internal abstract class RecordForge
{
    public abstract RecordType Type { get; }

    public static RecordForge? Of(RecordTypes types, string kind, TitleKeys keys) => types.Find(kind) is { } type
        ? (RecordForge)Activator.CreateInstance(typeof(RecordForge<>).MakeGenericType(type.Entity), type, keys)!
        : null;

    public abstract IRecord Make(Guid? about, DateTimeOffset at, params ReadOnlySpan<(string Field, object? Value)> values);
}
