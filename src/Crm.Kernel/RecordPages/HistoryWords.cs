using System.Globalization;
using System.Text.Json;
using Crm.Abstractions.Records;
using Crm.Kernel.Audit;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.RecordPages;

/// <summary>Says audited changes as sentences. What can't be tied to a field that the reader may read is not said.</summary>
internal sealed class HistoryWords
{
    private readonly IStringLocalizer _l;
    private readonly RecordType _type;
    private readonly ReadableChanges _readable;

    public HistoryWords(RecordType type, IReadOnlyList<RecordField> readable, IStringLocalizer l)
    {
        (_type, _l) = (type, l);
        _readable = new ReadableChanges(readable);
    }

    public string IconOf(IReadOnlyList<AuditValues> changes) =>
        changes.Any(c => IsRecord(c) && c.Action == "created") ? "plus"
        : changes.Any(c => c.Values.Any(v => v.Property == nameof(Spine.DeletedAt))) ? "trash" : "pencil";

    /// <summary>The sentences of one act; a new record came with all that it had.</summary>
    public IEnumerable<string> Sentences(IReadOnlyList<AuditValues> changes, IReadOnlyDictionary<Guid, string> names) =>
        changes.Any(c => IsRecord(c) && c.Action == "created") ? [_l["Added it"]] : changes.SelectMany(c => Sentences(c, names));

    private IEnumerable<string> Sentences(AuditValues change, IReadOnlyDictionary<Guid, string> names)
    {
        if (IsRecord(change) && change.Action == "removed")
            return [_l["Removed it for good"]];
        return change.Entity == "Record" || IsRecord(change)
            ? change.Values.Select(v => Sentence(v.Property, v.Before, v.After, names)).OfType<string>()
            : Part(change);
    }

    private bool IsRecord(AuditValues change) => string.Equals(change.Entity, _type.Entity.Name, StringComparison.Ordinal);

    private string? Sentence(string property, string? before, string? after, IReadOnlyDictionary<Guid, string> names)
    {
        if (property == nameof(Spine.DeletedAt))
            return after is null ? _l["Took it out of the bin"] : _l["Deleted it"];
        if (_readable.FieldOf(property) is not { } field)
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

    // A phone, a tag: a row of its own, told as one of the values of the field that it belongs to.
    private IEnumerable<string> Part(AuditValues change)
    {
        if (_readable.FieldOfPart(change) is not { } field)
            yield break;
        var key = change.KeyWords;
        var label = _l[field.Label].Value;
        var value = change.Values.FirstOrDefault(v => v.Property == "Value");
        var (was, now) = value.Property is null ? (key.LastOrDefault(), key.LastOrDefault()) : (value.Before, value.After);
        string? Say(string? text) => text is null ? null : "“" + (FieldMarkup.Label(field, text, _l) is var words && field.Shown is { } shown ? shown(words) : words) + "”";
        yield return change.Action switch
        {
            "created" => _l["{0}: {1} added", label, Say(now) ?? ""],
            "removed" => _l["{0}: {1} removed", label, Say(was) ?? ""],
            _ when Say(was) is { } before && Say(now) is { } after => _l["{0}: {1} changed to {2}", label, before, after],
            _ => _l["{0} changed", label],
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
            FieldKind.Number or FieldKind.Money or FieldKind.Time => value,
            FieldKind.Instant when long.TryParse(value, CultureInfo.InvariantCulture, out var micros) => DateTimeOffset.UnixEpoch.AddMicroseconds(micros).ToString("g", CultureInfo.CurrentCulture),
            FieldKind.ManyOf => "“" + string.Join(", ", value.Split("; ").Select(v => FieldMarkup.Label(field, v, _l))) + "”",
            _ => "“" + value + "”",
        };
    }

    private string Plain(string? value, IReadOnlyDictionary<Guid, string> names) =>
        value is null ? "" : !Guid.TryParse(value, out var id) ? value : names.GetValueOrDefault(id) ?? _l["something you may not see"].Value;
}
