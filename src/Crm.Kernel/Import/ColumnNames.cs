using Crm.Abstractions.Records;

namespace Crm.Kernel.Import;

/// <summary>Which field a heading means: said by the field, else its label or name, else a link's target with "External ID".</summary>
internal sealed class ColumnNames
{
    private const string ExternalKey = "externalid";
    private readonly Dictionary<string, ImportColumn> _byKey = [];
    private readonly IRecordTypes _types;
    private readonly RecordType _type;

    public ColumnNames(RecordType type, IRecordTypes types)
    {
        (_type, _types) = (type, types);
        var fields = type.Fields.Where(f => f.Write is not null).ToList();
        foreach (var field in fields)
        {
            foreach (var header in field.Headers)
                Add(header, Of(field, header, field.HeaderKinds.GetValueOrDefault(header)));
        }

        foreach (var field in fields)
        {
            Add(field.Label, Of(field, "", null));
            Add(field.Name, Of(field, "", null));
        }

        foreach (var field in fields.Where(IsLink))
        {
            foreach (var name in field.LinkKinds.Prepend(field.Label).Prepend(field.Name))
                Add(name + ExternalKey, Of(field, name + ExternalKey, null));
        }
    }

    /// <summary>What a heading means by itself; null where nothing.</summary>
    public ImportColumn? Find(string header) => _byKey.GetValueOrDefault(HeaderText.Key(header));

    /// <summary>What a map says: a field's name, with the kind of value or <c>externalId</c> after a dot.</summary>
    public ImportColumn Named(string target)
    {
        var (name, part) = target.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? (target[..dot], target[(dot + 1)..]) : (target, "");
        if (_type.Find(name) is not { Write: not null } field)
            throw new ImportRefused($"The map names '{target}', but {_type.Name} has no such field that can be imported.");
        return IsLink(field) && HeaderText.Key(part) == ExternalKey ? Of(field, ExternalKey, null) : Of(field, "", part.Length > 0 ? part : null);
    }

    private ImportColumn Of(RecordField field, string header, string? kind)
    {
        var key = HeaderText.Key(header);
        if (!IsLink(field) || !key.EndsWith(ExternalKey, StringComparison.Ordinal))
            return new ImportColumn(0, "", field, kind ?? DefaultKind(field), LinkBy.Title, field.LinkKinds);
        // "Person External ID" looks through people alone.
        var word = key[..^ExternalKey.Length];
        var named = _types.All.FirstOrDefault(t => !t.IsUnion && (HeaderText.Key(t.Name) == word || HeaderText.Key(t.Label) == word));
        IReadOnlyList<string> kinds = named is not null && (field.LinkKinds.Count == 0 || field.LinkKinds.Contains(named.Name)) ? [named.Name] : field.LinkKinds;
        return new ImportColumn(0, "", field, "", LinkBy.ExternalId, kinds);
    }

    private static bool IsLink(RecordField field) => field.Kind is FieldKind.Link or FieldKind.Links;

    private static string DefaultKind(RecordField field) =>
        field.Kind == FieldKind.Values && field.Options.Count > 0 ? field.Options[0].Value : "";

    private void Add(string header, ImportColumn column) => _byKey.TryAdd(HeaderText.Key(header), column);
}
