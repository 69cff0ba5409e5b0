using Crm.Abstractions.Records;
using Crm.Kernel.Records;

namespace Crm.Kernel.CustomFields.Formulas;

/// <summary>The formulas of a record type, computed at each save, so that lists filter and sort by them as by any field.</summary>
internal sealed class FieldFormulas(RecordType type, IReadOnlyList<(CustomField Field, Formula Formula)> formulas)
{
    /// <summary>The fields that a formula may read: single values of the record itself that everybody may read who may read the record, no other formula.</summary>
    public static FieldKind? KindOf(RecordType type, string name) => type.Find(name) is not { ReadPermission: null, Departments.Count: 0 } field || field is { IsCustom: true, Write: null } ? null : field.Kind switch
    {
        FieldKind.Text or FieldKind.LongText or FieldKind.OneOf => FieldKind.Text,
        FieldKind.Number or FieldKind.Money => FieldKind.Number,
        FieldKind.Date => FieldKind.Date,
        FieldKind.YesNo => FieldKind.YesNo,
        _ => null,
    };

    /// <summary>Those of a type that can be read; what a field was taken away from gives nothing.</summary>
    public static FieldFormulas? Of(RecordType type, IEnumerable<CustomField> fields)
    {
        var read = new List<(CustomField, Formula)>();
        foreach (var field in fields.Where(f => f.Formula.Length > 0))
        {
            try
            {
                read.Add((field, FormulaParser.Read(field.Formula, n => KindOf(type, n))));
            }
            catch (BadFormula)
            {
                read.Add((field, new Formula(field.Holds, new HashSet<string>(), _ => null)));
            }
        }

        return read.Count == 0 ? null : new(type, read);
    }

    public void Compute(IRecord record)
    {
        foreach (var (field, formula) in formulas)
        {
            var value = formula.Compute(name => Value(record, name));
            if (!DoorValue.AreSame(CustomValues.Get(record.Spine, field.Name, field.Holds), value))
                CustomValues.Set(record.Spine, field.Name, field.Holds, value);
        }
    }

    private object? Value(IRecord record, string name) => type.Find(name) is { } field
        ? DoorValue.Of(field.Read(record)) switch
        {
            Money money => money.Amount,
            string text when field.Kind == FieldKind.OneOf => field.Options.FirstOrDefault(o => o.Value == text)?.Label ?? text,
            var value => value,
        }
        : null;
}
