using Crm.Abstractions.Records;

namespace Crm.Kernel.Import;

/// <summary>A row that can't be imported, and why.</summary>
internal sealed record BadRow(CsvRow Row, string Column, string Reason);

/// <summary>A row on its way to become a record.</summary>
internal sealed class RowDraft(CsvRow row)
{
    public CsvRow Row { get; } = row;

    public Dictionary<RecordField, object?> Values { get; } = [];

    /// <summary>Cells that name other records, not yet looked up.</summary>
    public List<(ImportColumn Column, string Text)> Links { get; } = [];

    public string? ExternalId { get; set; }

    public BadRow? Fault { get; private set; }

    /// <summary>True where it points to a row of the same file that isn't in yet.</summary>
    public bool IsEarly { get; set; }

    /// <summary>Records that are made because the row names them and they aren't there.</summary>
    public List<IRecord> Makes { get; } = [];

    /// <summary>Values that the row is imported without.</summary>
    public List<BadRow> LeftOut { get; } = [];

    public bool IsGood => Fault is null && !IsEarly;

    public void Refuse(string column, string reason) => Fault ??= new BadRow(Row, column, reason);

    public void Refuse(RuleViolation violation, IReadOnlyList<ImportColumn> columns)
    {
        var (field, messages) = violation.Errors.First();
        var column = columns.FirstOrDefault(c => string.Equals(c.Field?.Name, field, StringComparison.OrdinalIgnoreCase))?.Header ?? field;
        Refuse(column, string.Join(' ', messages));
    }
}
