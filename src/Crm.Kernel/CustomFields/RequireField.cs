using Crm.Abstractions.Records;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.CustomFields;

/// <summary>Makes fields of a type's own obligatory, or no more. Records that are there stay as they are until somebody edits them.</summary>
internal sealed class RequireField(CrmFields fields)
{
    /// <summary>The fields of which that can be asked: those that somebody fills in on the form.</summary>
    public static IEnumerable<RecordField> Choices(RecordType type) => type.OwnFields.Where(f =>
        f is { IsShown: true, IsEditable: true } && (!f.IsRequired || f.IsRequiredBySetting) && f.Kind != FieldKind.YesNo);

    /// <param name="kind">The record type.</param>
    /// <param name="names">All fields that are obligatory from now on, beside those that the type itself demands.</param>
    public Task RunAsync(string kind, IReadOnlyCollection<string> names, CancellationToken ct)
    {
        var type = fields.TypeOf(kind);
        var known = Choices(type).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        if (names.Any(n => !known.Contains(n)))
            throw new RuleViolation("", "Choose the fields from the list.");
        return fields.SaveAsync(
            async inner =>
            {
                var rows = await fields.Db.Set<RequiredField>().Where(f => f.Kind == kind).ToListAsync(inner);
                fields.Db.RemoveRange(rows.Where(r => !names.Contains(r.Name)));
                fields.Db.AddRange(names.Distinct().Where(n => !rows.Exists(r => r.Name == n)).Select(n => new RequiredField { Kind = kind, Name = n }));
                var labels = type.OwnFields.Where(f => names.Contains(f.Name)).Select(f => f.Label).ToList();
                fields.Say(labels.Count == 0 ? $"Made no further field of {type.PluralLabel} obligatory" : $"Made obligatory for {type.PluralLabel}: {string.Join(", ", labels)}");
            },
            ct);
    }
}
