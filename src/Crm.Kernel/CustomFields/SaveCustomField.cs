using Crm.Abstractions.Records;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.CustomFields;

/// <summary>Makes a custom field, or changes one. In force at the next request, on every node.</summary>
internal sealed class SaveCustomField(CrmFields fields)
{
    /// <exception cref="RuleViolation">Something given is wrong.</exception>
    public async Task<CustomField> AddAsync(string kind, CustomFieldFields said, CancellationToken ct)
    {
        var type = fields.TypeOf(kind);
        CustomField? made = null;
        await fields.SaveAsync(
            async inner =>
            {
                var others = await fields.Db.Set<CustomField>().AsNoTracking().Where(f => f.Kind == kind).ToListAsync(inner);
                made = New(type, said, others);
                await said.ApplyAsync(fields, made, inner);
                made.IsPending = made.IsListed || made.Formula.Length > 0;
                fields.Say($"Added the field {made.Label} to {type.PluralLabel}");
                fields.Db.Add(made);
                await CustomIndexes.UniqueAsync(fields.Db, made, inner);
            },
            ct);
        return made!;
    }

    /// <exception cref="RuleViolation">Something given is wrong.</exception>
    public Task ChangeAsync(Guid id, CustomFieldFields said, CancellationToken ct) => fields.SaveAsync(
        async inner =>
        {
            var field = await fields.FindAsync(id, inner);
            var (wasUnique, wasListed, wasSearched, formula) = (field.IsUnique, field.IsListed, field.IsSearched, field.Formula);
            fields.Say($"Changed the field {field.Label} of {fields.TypeOf(field.Kind).PluralLabel}");
            await said.ApplyAsync(fields, field, inner);
            field.IsPending |= wasListed != field.IsListed || formula != field.Formula;
            // What was found by it must be found no more, or the other way round, in the records that are there already.
            field.IsSearchPending |= wasSearched != field.IsSearched;
            if (wasUnique != field.IsUnique)
                await CustomIndexes.UniqueAsync(fields.Db, field, inner);
        },
        ct);

    private static CustomField New(RecordType type, CustomFieldFields said, List<CustomField> others)
    {
        if (!CustomFieldRules.Kinds.Contains(said.Holds))
            throw new RuleViolation("holds", "Choose from the list what it holds.");
        if (others.Count(o => o.RetiredAt is null) >= CustomFieldRules.MostFields || others.Count >= CustomFieldRules.MostEver)
            throw new RuleViolation(
                "", "A type has at most {0} fields of your own, and {1} with the retired ones.", CustomFieldRules.MostFields, CustomFieldRules.MostEver);
        var names = others.ConvertAll(o => o.Name);
        var name = said.Name.Trim();
        if (name.Length == 0)
            name = CustomFieldRules.NameOf(said.Label ?? "", $"field{others.Count + 1}", n => CustomFieldRules.RefuseName(n, type, names) is null);
        else if (CustomFieldRules.RefuseName(name, type, names) is { } why)
            throw new RuleViolation("name", why);
        if (!string.IsNullOrWhiteSpace(said.Formula) && !CustomFieldRules.MayBeComputed(said.Holds))
            throw new RuleViolation("formula", "A formula gives a text, a number, a date, or yes or no.");
        return new CustomField { Kind = type.Name, Name = name, Holds = said.Holds, Rank = others.Select(o => o.Rank).DefaultIfEmpty().Max() + 1 };
    }
}
