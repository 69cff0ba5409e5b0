using Crm.Abstractions.Records;
using Crm.Kernel.Import;

namespace Crm.Admin.Import;

/// <summary>What a column may mean: a field, a kind of a field's values, or a link by external id.</summary>
/// <param name="Value">As an import's map has it.</param>
internal sealed record ColumnTarget(string Value, string Label, string Part);

/// <summary>The targets of a type's columns.</summary>
internal static class ColumnTargets
{
    private const string ByExternalId = ".externalId";

    public static IReadOnlyList<ColumnTarget> Of(RecordType type) => type.Fields.Where(f => f.Write is not null).SelectMany(Of).ToList();

    /// <summary>A planned column's target; empty where it is passed over.</summary>
    public static string Of(ImportColumn? column) => column?.Field switch
    {
        null => "",
        { Kind: FieldKind.Link or FieldKind.Links } field => column.By == LinkBy.ExternalId ? field.Name + ByExternalId : field.Name,
        { Kind: FieldKind.Values } field when column.ValueKind.Length > 0 => $"{field.Name}.{column.ValueKind}",
        { } field => field.Name,
    };

    private static IEnumerable<ColumnTarget> Of(RecordField field) => field.Kind switch
    {
        FieldKind.Values when field.Options.Count > 0 => field.Options.Select(o => new ColumnTarget($"{field.Name}.{o.Value}", field.Label, o.Label)),
        FieldKind.Link or FieldKind.Links => [new(field.Name, field.Label, "by name"), new(field.Name + ByExternalId, field.Label, "by External ID")],
        _ => [new(field.Name, field.Label, "")],
    };
}
