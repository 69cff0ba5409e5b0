using System.Globalization;
using System.Text.Json;
using Crm.Abstractions.Records;
using Crm.Kernel.CustomFields.Formulas;
using Crm.Kernel.Records;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.CustomFields;

/// <summary>What is said about a custom field when it is made or changed.</summary>
internal sealed record CustomFieldFields
{
    /// <summary>Given once; made of the label where empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>Given once.</summary>
    public FieldKind Holds { get; init; }

    public string? Label { get; init; }

    public string? Hint { get; init; }

    public string? Heading { get; init; }

    public bool IsRequired { get; init; }

    public bool IsUnique { get; init; }

    public bool IsListed { get; init; }

    public bool IsKeyFact { get; init; }

    public bool IsSearchable { get; init; }

    public bool IsPersonal { get; init; }

    /// <summary>Options in order; a new one has no value yet.</summary>
    public IReadOnlyList<FieldOption> Options { get; init; } = [];

    public IReadOnlyList<string> LinkKinds { get; init; } = [];

    public IReadOnlyList<Guid> Departments { get; init; } = [];

    public string? Formula { get; init; }

    /// <summary>Writes what may change to a field; throws with what is wrong.</summary>
    public async Task ApplyAsync(CrmFields scope, CustomField field, CancellationToken ct)
    {
        var errors = new Dictionary<string, string[]>();
        field.Label = CustomFieldRules.Line(errors, "label", Label, 60, must: true);
        field.Hint = CustomFieldRules.Line(errors, "hint", Hint, 200);
        field.Heading = CustomFieldRules.Line(errors, "heading", Heading, 60);
        (field.IsRequired, field.IsUnique, field.IsListed, field.IsKeyFact) = (IsRequired, IsUnique, IsListed, IsKeyFact);
        (field.IsSearchable, field.IsPersonal) = (IsSearchable && CustomFieldRules.MayBeSearched(field.Holds), IsPersonal);
        if (IsUnique && !CustomFieldRules.MayBeUnique(field.Holds))
            errors["isUnique"] = ["Only a text or a number can be unique."];
        field.Options = field.Holds is FieldKind.OneOf or FieldKind.ManyOf ? Chosen(errors, field) : "[]";
        field.LinkKinds = field.Holds == FieldKind.Link ? Pointed(errors, scope.Types) : "[]";
        if (field.Formula.Length > 0 || !string.IsNullOrWhiteSpace(Formula))
            Computed(errors, scope.TypeOf(field.Kind), field);
        var departments = Departments.Distinct().ToList();
        if (await scope.Db.Set<Department>().CountAsync(d => departments.Contains(d.Id), ct) != departments.Count)
            errors["departments"] = ["Choose departments from the list."];
        else if (departments.Count == 0 && await LostAsync(scope, field, ct))
            errors["departments"] = ["The departments that had this field are gone: choose who has it now."];
        field.Departments = JsonSerializer.Serialize(departments.Order());
        if (errors.Count > 0)
            throw new RuleViolation(errors);
    }

    // Nobody says that everybody may read it by saying nothing.
    private static async Task<bool> LostAsync(CrmFields scope, CustomField field, CancellationToken ct)
    {
        var had = field.ReadDepartments();
        return had.Count > 0 && !await scope.Db.Set<Department>().AnyAsync(d => had.Contains(d.Id), ct);
    }

    // What was offered once stays: an option is renamed or retired, never removed.
    private string Chosen(Dictionary<string, string[]> errors, CustomField field)
    {
        var before = field.ReadOptions();
        var kept = new List<FieldOption>();
        foreach (var option in Options.Where(o => !string.IsNullOrWhiteSpace(o.Label)))
        {
            var label = CustomFieldRules.Line(errors, "options", option.Label, 60, must: true);
            if (kept.Exists(o => string.Equals(o.Label, label, StringComparison.OrdinalIgnoreCase)))
                errors["options"] = [$"The option '{label}' stands there twice."];
            var known = before.Find(o => o.Value == option.Value);
            var value = known?.Value ?? CustomFieldRules.NameOf(label, "option" + (before.Count + kept.Count + 1).ToString(CultureInfo.InvariantCulture), n => IsFree(n, before, kept));
            kept.Add(new FieldOption(value, label, Colours.Contains(option.Colour) ? option.Colour : option.IsRetired ? known?.Colour : null) { IsRetired = option.IsRetired });
        }

        kept.AddRange(before.Where(b => !kept.Exists(k => k.Value == b.Value)).Select(b => b with { IsRetired = true }));
        if (!kept.Exists(o => !o.IsRetired))
            errors.TryAdd("options", ["Give at least one option."]);
        if (kept.Count > CustomFieldRules.MostOptions)
            errors["options"] = [$"Give at most {CustomFieldRules.MostOptions} options; retired ones count."];
        return JsonSerializer.Serialize(kept);
    }

    /// <summary>The theme's colours for badges.</summary>
    public static IReadOnlyList<string?> Colours { get; } = ["blue", "green", "yellow", "orange", "red", "purple", "gray"];

    private static bool IsFree(string name, List<FieldOption> before, List<FieldOption> kept) =>
        name is not ("null" or "me" or "true" or "false") && !before.Concat(kept).Any(o => string.Equals(o.Value, name, StringComparison.OrdinalIgnoreCase));

    private void Computed(Dictionary<string, string[]> errors, RecordType type, CustomField field)
    {
        try
        {
            var formula = FormulaParser.Read((Formula ?? "").Trim(), n => n == field.Name ? null : FieldFormulas.KindOf(type, n));
            if (formula.Gives != field.Holds)
                errors["formula"] = [$"This gives {formula.Gives}, and the field holds {field.Holds}."];
            else if (field.IsRequired || field.IsUnique)
                errors["formula"] = ["What is computed can be neither obligatory nor unique."];
            field.Formula = Formula!.Trim();
            // What is made of personal data is personal.
            field.IsPersonal |= formula.Reads.Any(n => type.Find(n)?.IsPersonal == true);
        }
        catch (BadFormula bad)
        {
            errors["formula"] = [bad.Message];
        }
    }

    private string Pointed(Dictionary<string, string[]> errors, RecordTypes types)
    {
        var kinds = LinkKinds.Where(k => k.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (kinds.Exists(k => types.Find(k) is not { HasPages: true, IsUnion: false }))
            errors["linkKinds"] = ["Choose from the list what it may point to."];
        return JsonSerializer.Serialize(kinds);
    }
}
