using System.Linq.Expressions;
using Crm.Abstractions.Records;

namespace Crm.Kernel.Audit;

/// <summary>Which values in a record's audit somebody may read: those of the fields that he has. What belongs to no field of his is not told.</summary>
internal sealed class ReadableChanges
{
    // What the kernel itself says of a record, on every page of it.
    private static readonly HashSet<string> _plain = [nameof(Spine.DeletedAt), nameof(Spine.ErasedAt)];
    private readonly Dictionary<string, RecordField> _byProperty;
    private readonly List<RecordField> _several;

    /// <param name="readable">The fields that the reader has.</param>
    public ReadableChanges(IReadOnlyList<RecordField> readable)
    {
        _several = readable.Where(f => f.Kind is FieldKind.Values or FieldKind.ManyOf).ToList();
        _byProperty = readable.Select(f => (Name: PropertyOf(f), Field: f)).Where(p => p.Name is not null)
            .DistinctBy(p => p.Name!, StringComparer.OrdinalIgnoreCase).ToDictionary(p => p.Name!, p => p.Field, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The readable field that a property holds.</summary>
    public RecordField? FieldOf(string property) => _byProperty.GetValueOrDefault(property);

    /// <summary>The readable field of which a part, as a phone or a tag, is one value.</summary>
    public RecordField? FieldOfPart(AuditValues change)
    {
        var texts = change.KeyWords.Concat(change.Values.SelectMany(v => new[] { v.Before, v.After }).OfType<string>()).ToList();
        return _several.Find(f => texts.Exists(t => IsNameOf(f, t)));
    }

    /// <summary>A row with no more than may be read of it.</summary>
    public AuditValues Of(AuditValues change)
    {
        if (change.IsPart)
            return FieldOfPart(change) is null ? change.Closed() : change;
        return change with { Values = [.. change.Values.Where(v => _plain.Contains(v.Property) || FieldOf(v.Property) is not null)] };
    }

    private static bool IsNameOf(RecordField field, string text) =>
        string.Equals(field.Name, text, StringComparison.OrdinalIgnoreCase) || string.Equals(field.Name, text + "s", StringComparison.OrdinalIgnoreCase);

    private static string? PropertyOf(RecordField field)
    {
        if (field.IsCustom)
            return $"{nameof(Spine.Custom)}.{field.Name}";
        var body = field.Column?.Body;
        while (body is UnaryExpression { NodeType: ExpressionType.Convert } convert)
            body = convert.Operand;
        return body is MemberExpression member ? member.Member.Name : null;
    }
}
