using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Records;

namespace Crm.Kernel.Import;

/// <summary>Writes a row's values to a new record, or to the one that is there; what is the same stays untouched.</summary>
internal sealed class RowWriter<T>(RecordType<T> type, ImportPlan plan, Rights rights)
    where T : class, IRecord
{
    /// <summary>Records that those in the file link to and the importer does not see: a file that leaves them out says nothing of them.</summary>
    public HashSet<Guid> Hidden { get; } = [];

    private readonly RecordField? _target = type.IsDependant ? HangingField.Of(type) : null;

    /// <summary>What a row's record hangs on, or null.</summary>
    public Guid? TargetOf(RowDraft draft) => _target is not null && draft.Values.GetValueOrDefault(_target) is Guid target ? target : null;

    public void RefuseTarget(RowDraft draft, string reason) => draft.Refuse(HeaderOf(_target!), reason);

    /// <summary>Makes a record from a row, unchecked; null where the row is refused.</summary>
    public T? Make(RowDraft draft)
    {
        try
        {
            Forgive(draft);
            return Filled(draft);
        }
        catch (RuleViolation violation)
        {
            draft.Refuse(violation, plan.Columns);
            return null;
        }
    }

    private T Filled(RowDraft draft)
    {
        var record = type.Create(TargetOf(draft));
        foreach (var (field, value) in draft.Values)
            field.Write!(record, value);
        return record;
    }

    // A coordinate that can't be is no reason to lose the address.
    private void Forgive(RowDraft draft)
    {
        while (draft.Values.Keys.Any(f => f.IsForgiving))
        {
            try
            {
                type.Check(Filled(draft));
                return;
            }
            catch (RuleViolation violation)
            {
                var wrong = draft.Values.Keys.Where(f => f.IsForgiving && violation.Errors.ContainsKey(f.Name)).ToList();
                if (wrong.Count == 0)
                    return;
                foreach (var field in wrong)
                {
                    draft.Values.Remove(field);
                    draft.LeftOut.Add(new BadRow(draft.Row, HeaderOf(field), $"Left out: {string.Join(' ', violation.Errors[field.Name])}"));
                }
            }
        }
    }

    /// <summary>Checks a new record; false where the row is refused.</summary>
    public bool CheckNew(RowDraft draft, T record)
    {
        if (draft.Values.Keys.FirstOrDefault(f => !FieldRights.MayWrite(f, rights, creating: true)) is { } forbidden)
            draft.Refuse(HeaderOf(forbidden), "You are not allowed to set this.");
        else if (type.Fields.FirstOrDefault(f => f.IsRequired && f.Write is not null && FieldRights.MayRead(f, rights) && DoorValue.IsEmpty(f.Read(record))) is { } missing)
            draft.Refuse(HeaderOf(missing), $"{missing.Label} is missing.");
        else
            Check(draft, record);
        return draft.IsGood;
    }

    /// <summary>Writes to the record that is there; gives what changed by field as [before, after], or null where the row is refused.</summary>
    public Dictionary<string, object?[]>? Update(RowDraft draft, T record)
    {
        Dictionary<RecordField, object?>? all = null;
        foreach (var (field, value) in draft.Values)
        {
            // What only a deed changes is for new records.
            if (field.DeedPermission is not null)
                continue;
            var before = field.Read(record);
            var wanted = field.Kind switch
            {
                FieldKind.Values => Together(field, before, value),
                FieldKind.Links => (value as IEnumerable<Guid> ?? []).Concat((before as IEnumerable<Guid> ?? []).Where(Hidden.Contains)).Distinct().ToList(),
                _ => value,
            };
            if (DoorValue.AreSame(DoorValue.Of(before), wanted))
                continue;
            if (field == _target)
                draft.Refuse(HeaderOf(field), "It belongs to another record, and can't be moved.");
            else if (!FieldRights.MayWrite(field, rights, creating: false))
                draft.Refuse(HeaderOf(field), "You are not allowed to change this.");
            if (!draft.IsGood)
                return null;
            all ??= Snapshot(record);
            field.Write!(record, wanted);
        }

        Check(draft, record);
        return draft.IsGood ? Changes(record, all) : null;
    }

    // All fields, because one may set another: a birthday brings the year of birth.
    private Dictionary<RecordField, object?> Snapshot(T record) =>
        type.Fields.Where(f => f.Write is not null).ToDictionary(f => f, f => DoorValue.Of(f.Read(record)));

    private static Dictionary<string, object?[]> Changes(T record, Dictionary<RecordField, object?>? before)
    {
        var changes = new Dictionary<string, object?[]>(StringComparer.Ordinal);
        foreach (var (field, was) in before ?? [])
        {
            if (DoorValue.Of(field.Read(record)) is var now && !DoorValue.AreSame(was, now))
                changes[field.Name] = [was, now];
        }

        return changes;
    }

    // A file's value takes the place of the one of its kind; of several that somebody added, none is taken away.
    private static List<ValueEntry> Together(RecordField field, object? before, object? value)
    {
        _ = field;
        var given = (value as IReadOnlyList<ValueEntry> ?? []).ToList();
        var there = before as IReadOnlyList<ValueEntry> ?? [];
        var kinds = given.Select(g => g.Kind).ToHashSet(StringComparer.Ordinal);
        var replaced = kinds.Where(k => there.Count(t => t.Kind == k) <= given.Count(g => g.Kind == k)).ToHashSet(StringComparer.Ordinal);
        var together = new List<ValueEntry>();
        foreach (var entry in there)
        {
            if (!replaced.Contains(entry.Kind))
                together.Add(entry);
            else if (given.FindIndex(g => g.Kind == entry.Kind) is var next and >= 0)
            {
                together.Add(given[next]);
                given.RemoveAt(next);
            }
        }

        together.AddRange(given.Where(g => !together.Contains(g)));
        return together;
    }

    private void Check(RowDraft draft, T record)
    {
        try
        {
            type.Check(record);
        }
        catch (RuleViolation violation)
        {
            draft.Refuse(violation, plan.Columns);
        }
    }

    private string HeaderOf(RecordField field) => plan.Columns.FirstOrDefault(c => c.Field == field)?.Header ?? field.Label;
}
