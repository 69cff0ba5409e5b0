using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json;
using Crm.Abstractions.Records;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.RecordPages;

/// <summary>Says audited changes as sentences. What can't be tied to a field that the reader may read is not said.</summary>
internal sealed class HistoryWords
{
    private readonly IStringLocalizer _l;
    private readonly RecordType _type;
    private readonly Dictionary<string, RecordField> _byProperty;
    private readonly bool _readsAll;

    public HistoryWords(RecordType type, IReadOnlyList<RecordField> readable, IStringLocalizer l)
    {
        (_type, _l) = (type, l);
        _readsAll = type.Fields.All(f => readable.Contains(f));
        _byProperty = readable.Select(f => (Name: PropertyOf(f), Field: f)).Where(p => p.Name is not null)
            .DistinctBy(p => p.Name!, StringComparer.OrdinalIgnoreCase).ToDictionary(p => p.Name!, p => p.Field, StringComparer.OrdinalIgnoreCase);
    }

    public string IconOf(AuditValues change) => change switch
    {
        { Action: "created" } when IsRecord(change) => "plus",
        { Action: "removed" } => "minus",
        _ when change.Values.Any(v => v is { Property: nameof(Spine.DeletedAt) }) => "trash",
        _ => "pencil",
    };

    public IEnumerable<string> Sentences(AuditValues change, IReadOnlyDictionary<Guid, string> names)
    {
        if (IsRecord(change) && change.Action == "created")
            return [_l["Added it"]];
        if (IsRecord(change) && change.Action == "removed")
            return [_l["Removed it for good"]];
        return change.Entity == "Record" || IsRecord(change)
            ? change.Values.Select(v => Sentence(v.Property, v.Before, v.After, names)).OfType<string>()
            : Part(change, names);
    }

    private bool IsRecord(AuditValues change) => string.Equals(change.Entity, _type.Entity.Name, StringComparison.Ordinal);

    private string? Sentence(string property, string? before, string? after, IReadOnlyDictionary<Guid, string> names)
    {
        if (property == nameof(Spine.DeletedAt))
            return after is null ? _l["Took it out of the bin"] : _l["Deleted it"];
        if (property == nameof(Spine.DepartmentId) && !_byProperty.ContainsKey(property))
            return null;
        if (!_byProperty.TryGetValue(property, out var field))
            return null;
        var label = _l[field.Label].Value;
        var (was, now) = (Words(field, before, names), Words(field, after, names));
        if (field.Kind == FieldKind.LongText && (was?.Length > 120 || now?.Length > 120))
            return _l["{0} rewritten", label];
        return (was, now) switch
        {
            (null, null) => null,
            (null, _) => _l["{0}: {1}", label, now!].Value,
            (_, null) => _l["{0} emptied; it was {1}", label, was].Value,
            _ => _l["{0} changed from {1} to {2}", label, was, now].Value,
        };
    }

    // A phone, an address line, a tag: a row of its own. Its fields are not the type's, so it is told only to who reads all of these.
    private IEnumerable<string> Part(AuditValues change, IReadOnlyDictionary<Guid, string> names)
    {
        if (!_readsAll)
            yield break;
        var what = _l[Spaced(change.Entity.Split(' ')[0])].Value;
        var values = change.Values.Where(v => !v.Property.EndsWith("Match", StringComparison.Ordinal) && v.Property is not ("Position" or "Order")).ToList();
        var shown = string.Join(", ", values.Select(v => Plain(v.After ?? v.Before, names)).Where(v => v.Length > 0).Distinct(StringComparer.Ordinal));
        yield return change.Action switch
        {
            "created" => _l["{0} added: {1}", what, shown],
            "removed" => _l["{0} removed: {1}", what, shown],
            _ => _l["{0} changed: {1}", what, shown],
        };
    }

    private string? Words(RecordField field, string? value, IReadOnlyDictionary<Guid, string> names)
    {
        if (value is null)
            return null;
        return field.Kind switch
        {
            FieldKind.OneOf => "“" + FieldMarkup.Label(field, JsonNamingPolicy.CamelCase.ConvertName(value), _l) + "”",
            FieldKind.YesNo => value == "true" ? _l["yes"] : _l["no"],
            FieldKind.Date when DateOnly.TryParse(value, CultureInfo.InvariantCulture, out var day) => day.ToString("d", CultureInfo.CurrentCulture),
            FieldKind.Instant when DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out var at) => at.ToString("g", CultureInfo.CurrentCulture),
            FieldKind.Link or FieldKind.User or FieldKind.Department => Plain(value, names),
            FieldKind.Number => value,
            _ => "“" + value + "”",
        };
    }

    private string Plain(string? value, IReadOnlyDictionary<Guid, string> names) =>
        value is null ? "" : !Guid.TryParse(value, out var id) ? value : names.GetValueOrDefault(id) ?? _l["something you may not see"].Value;

    private static string? PropertyOf(RecordField field)
    {
        var body = field.Column?.Body;
        while (body is UnaryExpression { NodeType: ExpressionType.Convert } convert)
            body = convert.Operand;
        return body is MemberExpression member ? member.Member.Name : null;
    }

    private static string Spaced(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? " " + char.ToLowerInvariant(c) : c.ToString()));
}
