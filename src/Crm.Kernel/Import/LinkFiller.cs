using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Records;

namespace Crm.Kernel.Import;

/// <summary>Puts the records that a row names into its values; makes those that may be made, and says which are missing.</summary>
internal sealed class LinkFiller(RecordTypes types, LinkLookup lookup, ImportState state, Rights rights)
{
    private readonly Dictionary<string, IRecord> _made = new(StringComparer.Ordinal);

    public void Fill(RowDraft draft)
    {
        foreach (var (column, text) in draft.Links)
        {
            var field = column.Field!;
            // Of two columns that name one record the first counts; several are put together.
            if ((draft.Values.ContainsKey(field) && !column.IsSeveral) || !draft.IsGood)
                continue;
            if (lookup.Of(column, text) is { } id)
                draft.Values[field] = column.IsSeveral ? Together(draft, field, id) : id;
            else if (lookup.IsAmbiguous(column, text))
                draft.Refuse(column.Header, $"Several records are called '{CellText.Clip(text)}': give an External ID.");
            else if (field.MakesMissing && !column.IsSeveral && column.By == LinkBy.Title)
                Make(draft, column, text);
            else if (!state.IsLast && lookup.Kinds(column).Contains(state.Plan.Type.Name))
                draft.IsEarly = true;
            else
                draft.Refuse(column.Header, Missing(column, text));
            if (draft.Values.TryGetValue(field, out var value) && _made.Values.FirstOrDefault(m => m.Id.Equals(value)) is { } made)
                draft.Makes.Add(made);
        }
    }

    private static List<Guid> Together(RowDraft draft, RecordField field, Guid id) =>
        [.. (draft.Values.GetValueOrDefault(field) as List<Guid> ?? []).Append(id).Distinct()];

    private string Missing(ImportColumn column, string text)
    {
        var kinds = string.Join(" or ", lookup.Kinds(column).Take(3));
        return column.By == LinkBy.ExternalId
            ? $"There is no {kinds} with the External ID '{CellText.Clip(text)}'."
            : $"There is no {kinds} called '{CellText.Clip(text)}'.";
    }

    private void Make(RowDraft draft, ImportColumn column, string text)
    {
        var type = types.Find(lookup.Kinds(column)[0])!;
        try
        {
            if (!rights.May(type.EditPermission))
                throw new RuleViolation("", "You are not allowed to add the {0} '{1}'.", type.Name, CellText.Clip(text));
            var made = RecordMaker.Of(type).Make(type, text);
            made.Spine.OwnerId = state.Owner;
            lookup.Add(column, text, made.Id);
            draft.Values[column.Field!] = made.Id;
            _made[text] = made;
        }
        catch (RuleViolation violation)
        {
            draft.Refuse(column.Header, violation.Message);
        }
    }
}

/// <summary>Makes a record of which no more than the title is known.</summary>
internal abstract class RecordMaker
{
    public static RecordMaker Of(RecordType type) => (RecordMaker)Activator.CreateInstance(typeof(RecordMaker<>).MakeGenericType(type.Entity))!;

    public abstract IRecord Make(RecordType type, string title);
}

/// <summary>Makes a record of a type.</summary>
internal sealed class RecordMaker<T> : RecordMaker
    where T : class, IRecord
{
    public override IRecord Make(RecordType type, string title)
    {
        var record = ((RecordType<T>)type).Create(null);
        var field = type.Fields.FirstOrDefault(f => f is { IsRequired: true, Kind: FieldKind.Text, Write: not null })
            ?? throw new RuleViolation("", "A {0} can't be made from its name alone.", type.Name);
        field.Write!(record, DoorValue.Read(field, title));
        ((RecordType<T>)type).Check(record);
        return record;
    }
}
