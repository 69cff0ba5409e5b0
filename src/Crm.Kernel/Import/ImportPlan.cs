using Crm.Abstractions.Records;

namespace Crm.Kernel.Import;

/// <summary>How a column of links names the record.</summary>
internal enum LinkBy
{
    Title,

    ExternalId,
}

/// <summary>A column of the file and what it means.</summary>
/// <param name="Field">The field; null where the column is passed over.</param>
/// <param name="ValueKind">Of several values: the kind that the column holds.</param>
/// <param name="LinkKinds">Of a link: the record types that are looked through.</param>
internal sealed record ImportColumn(int Index, string Header, RecordField? Field, string ValueKind = "", LinkBy By = LinkBy.Title, IReadOnlyList<string>? LinkKinds = null)
{
    public bool IsLink => Field?.Kind is FieldKind.Link or FieldKind.Links;

    /// <summary>True where a cell names several, with a semicolon between.</summary>
    public bool IsSeveral => Field?.Kind is FieldKind.Links or FieldKind.Users;
}

/// <summary>What will be done with a file: its format, what each column means, how rows find records that are there.</summary>
/// <param name="Match">The name of the key that rows match by; null for the default.</param>
/// <param name="IsOrderSure">False where no date of the beginning tells the order.</param>
internal sealed record ImportPlan(RecordType Type, FileFormat Format, IReadOnlyList<ImportColumn> Columns, DateOrder Order, bool IsOrderSure, string? Match)
{
    /// <summary>The first rows below the heading, to look at.</summary>
    public IReadOnlyList<CsvRow> Samples { get; init; } = [];

    public IEnumerable<string> Ignored => Columns.Where(c => c.Field is null).Select(c => c.Header);

    public ImportColumn? ExternalId => Columns.FirstOrDefault(c => c.Field?.Name == "externalId");
}

/// <summary>What somebody said about a file beforehand; what isn't said is guessed.</summary>
/// <param name="Columns">Heading → field name, <c>field.kind</c> of several values, <c>field.externalId</c> of a link; empty to pass over.</param>
/// <param name="IsOpen">True while somebody still says what columns mean: a file that no heading of is known is no reason to refuse.</param>
internal sealed record ImportMap(
    IReadOnlyDictionary<string, string>? Columns = null, string? Encoding = null, string? Delimiter = null, DateOrder? Order = null, bool IsOpen = false);
