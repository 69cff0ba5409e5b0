using Crm.Abstractions.Records;
using Crm.Kernel.Import;
using Crm.Kernel.Records;

namespace Crm.Kernel.Export;

/// <summary>A column of an export: a heading that an import reads back, and the text of a record's cell.</summary>
internal sealed record ExportColumn(string Header, Func<RecordView, string> Text)
{
    /// <summary>The columns of fields; several values get a column a kind where an import has a heading for it.</summary>
    public static IEnumerable<ExportColumn> Of(IEnumerable<RecordField> fields) => fields.SelectMany(Of);

    private static IEnumerable<ExportColumn> Of(RecordField field)
    {
        // What a module contributes is nothing to bring in: its name is no heading of anything else.
        if (field.ContributedBy is not null)
            return [new ExportColumn(field.Name, v => Plain(v.Values.GetValueOrDefault(field.Name)))];
        var header = field.Kind != FieldKind.Link && field.Headers.Count > 0 && field.HeaderKinds.Count == 0 ? field.Headers[0] : field.Label;
        if (field.Kind != FieldKind.Values || field.HeaderKinds.Count == 0)
            return [new ExportColumn(header, v => Plain(v.Values.GetValueOrDefault(field.Name)))];
        // The first heading of each kind; what has a kind without heading goes under the label.
        var byKind = field.HeaderKinds.GroupBy(h => h.Value, StringComparer.Ordinal).Select(g => (Kind: g.Key, Header: g.First().Key)).ToList();
        var named = byKind.Select(k => k.Kind).ToHashSet(StringComparer.Ordinal);
        return byKind.Select(k => new ExportColumn(k.Header, v => Values(v, field, e => e.Kind == k.Kind)))
            .Append(new ExportColumn(field.Label, v => Values(v, field, e => !named.Contains(e.Kind))));
    }

    private static string Values(RecordView view, RecordField field, Func<ValueEntry, bool> isMeant) =>
        view.Values.GetValueOrDefault(field.Name) is IEnumerable<ValueEntry> entries ? string.Join("; ", entries.Where(isMeant).Select(e => e.Value)) : "";

    private static string Plain(object? value) => value switch
    {
        LinkView link => link.Title ?? "",
        IEnumerable<LinkView> links => SeveralText.Write(links.Select(l => l.Title ?? "")),
        _ => FieldText.Plain(value),
    };
}
