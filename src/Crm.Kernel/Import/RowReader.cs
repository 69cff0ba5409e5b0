using Crm.Abstractions.Pages;
using Crm.Abstractions.Records;
using Crm.Kernel.Records;

namespace Crm.Kernel.Import;

/// <summary>Reads the cells of a row as values of fields.</summary>
internal sealed class RowReader(ImportPlan plan, IReadOnlyDictionary<string, Guid> users)
{
    private static readonly char[] _noText = ['\0', FileFormat.BadByte];
    private readonly List<(ImportColumn Column, FieldTarget? Target)> _columns =
        plan.Columns.Where(c => c.Field is not null).Select(c => (c, FieldTarget.Of(c.Field!))).ToList();

    public RowDraft Read(CsvRow row)
    {
        var draft = new RowDraft(row);
        if (row.Fault is not null)
            draft.Refuse("", row.Fault);
        else if (row.Cells.Count > plan.Columns.Count && row.Cells.Skip(plan.Columns.Count).Any(c => !string.IsNullOrWhiteSpace(c)))
            draft.Refuse("", $"The row has {row.Cells.Count} cells where the heading has {plan.Columns.Count}.");
        foreach (var (column, target) in _columns)
        {
            if (!draft.IsGood || column.Index >= row.Cells.Count)
                break;
            if (CsvLine.Read(row.Cells[column.Index].Trim()) is { Length: > 0 } text)
                Read(draft, column, target, text);
        }

        return draft;
    }

    private void Read(RowDraft draft, ImportColumn column, FieldTarget? target, string text)
    {
        var at = text.IndexOfAny(_noText);
        if (at >= 0)
            draft.Refuse(column.Header, text[at] == '\0' ? "The cell holds a NUL character." : $"The cell has bytes that are not {plan.Format.Encoding.WebName}.");
        else if (column.IsLink)
            draft.Links.AddRange((column.IsSeveral ? SeveralText.Read(text) : [text]).Select(t => (column, t)));
        else if (column.Field!.Kind == FieldKind.User)
            User(draft, column, text);
        else if (column.IsSeveral)
            Users(draft, column, text);
        else
            Value(draft, column, target, text);
    }

    private void User(RowDraft draft, ImportColumn column, string text)
    {
        if (users.TryGetValue(text.ToUpperInvariant(), out var id))
            draft.Values[column.Field!] = id;
        else
            draft.Refuse(column.Header, $"There is no user '{CellText.Clip(text)}'.");
    }

    private void Users(RowDraft draft, ImportColumn column, string text)
    {
        var ids = new List<Guid>();
        foreach (var name in SeveralText.Read(text))
        {
            if (users.TryGetValue(name.ToUpperInvariant(), out var id))
                ids.Add(id);
            else
                draft.Refuse(column.Header, $"There is no user '{CellText.Clip(name)}'.");
        }

        Value(draft, column.Header, column.Field!, ids);
    }

    private static void Value(RowDraft draft, string header, RecordField field, List<Guid> ids)
    {
        try
        {
            draft.Values[field] = DoorValue.Read(field, ids);
        }
        catch (RuleViolation violation)
        {
            draft.Refuse(header, violation.Message);
        }
    }

    private void Value(RowDraft draft, ImportColumn column, FieldTarget? target, string text)
    {
        var field = column.Field!;
        var (value, fault) = CellText.Read(column, text, plan.Order);
        if (fault is not null)
        {
            draft.Refuse(column.Header, fault);
            return;
        }

        try
        {
            value = DoorValue.Read(field, value);
            value = target is null ? value : target.Fit(field, value);
        }
        catch (RuleViolation violation)
        {
            draft.Refuse(column.Header, violation.Message);
            return;
        }

        if (column == plan.ExternalId)
            draft.ExternalId = value as string;
        draft.Values[field] = value is IReadOnlyList<ValueEntry> entries && draft.Values.GetValueOrDefault(field) is IReadOnlyList<ValueEntry> earlier
            ? earlier.Concat(entries).ToList()
            : value;
    }
}
