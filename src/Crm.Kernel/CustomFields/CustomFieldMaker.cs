using Crm.Abstractions.Records;

namespace Crm.Kernel.CustomFields;

/// <summary>Makes an ordinary field of what an administrator said: every door treats it as the type's own.</summary>
internal abstract class CustomFieldMaker
{
    /// <summary>The longest text of several lines.</summary>
    public const int MaxText = 20_000;

    public static CustomFieldMaker Of(RecordType type) => (CustomFieldMaker)Activator.CreateInstance(typeof(CustomFieldMaker<>).MakeGenericType(type.Entity))!;

    /// <param name="custom">What was said.</param>
    /// <param name="departments">The departments whose users have it, those below included.</param>
    public abstract IEnumerable<RecordField> Make(CustomField custom, IReadOnlyCollection<Guid> departments);
}

/// <summary>Makes the fields of one record type.</summary>
internal sealed class CustomFieldMaker<T> : CustomFieldMaker
    where T : class, IRecord
{
    public override IEnumerable<RecordField> Make(CustomField custom, IReadOnlyCollection<Guid> departments)
    {
        var (name, kind) = (custom.Name, custom.Holds);
        var options = custom.ReadOptions();
        var field = new RecordField
        {
            Name = name,
            Kind = kind,
            IsCustom = true,
            IsIndexed = custom is { IsListed: true, IsPending: false },
            Departments = departments,
            Column = CustomColumn.Of<T>(CustomColumn.FunctionOf(kind), name),
            Read = r => CustomValues.Get(((T)r).Spine, name, kind),
            Write = custom.Formula.Length > 0 ? null : (r, v) => Write(((T)r).Spine, name, kind, options, v),
        };
        Describe(field, custom).Options([.. options]);
        yield return field;
        if (kind == FieldKind.Money)
            yield return Currency(custom, departments);
    }

    private static FieldBuilder<T> Describe(RecordField field, CustomField custom)
    {
        var it = new FieldBuilder<T>(field).Label(custom.Label, custom.Hint.Length == 0 ? null : custom.Hint)
            .Under(custom.Heading).Links([.. custom.ReadLinkKinds()]).Max(custom.Holds == FieldKind.LongText ? MaxText : 500);
        if (custom.IsRequired)
            it.Required();
        if (custom.IsListed)
            it.Listed();
        if (custom.IsKeyFact)
            it.KeyFact();
        if (custom.IsPersonal)
            it.Personal();
        if (custom.IsSearched)
            it.Searchable();
        if (custom.Holds is not (FieldKind.LongText or FieldKind.ManyOf or FieldKind.Link or FieldKind.YesNo))
            it.Sortable();
        if (custom.Holds == FieldKind.Text)
            it.SortedBy(CustomColumn.Boxed<T>(nameof(CustomColumn.Text), custom.Name + CustomValues.Folded));
        return it;
    }

    // Amounts of several currencies make no sum: this is what they are grouped by.
    private static RecordField Currency(CustomField custom, IReadOnlyCollection<Guid> departments)
    {
        var name = custom.Name;
        var field = new RecordField
        {
            Name = name + ".currency",
            Kind = FieldKind.OneOf,
            IsCustom = true,
            Departments = departments,
            Column = CustomColumn.Of<T>(nameof(CustomColumn.Currency), name),
            Read = r => CustomValues.Get(((T)r).Spine, name, FieldKind.Money) is Money money ? money.Currency : null,
        };
        new FieldBuilder<T>(field).Label(custom.Label + ": currency").Hidden().Sortable();
        return field;
    }

    private static void Write(Spine spine, string name, FieldKind kind, List<FieldOption> options, object? value)
    {
        if (kind is FieldKind.OneOf or FieldKind.ManyOf)
        {
            // What an option's record has it keeps; nobody takes it anew.
            var had = Words(CustomValues.Get(spine, name, kind));
            if (Words(value).Except(had).FirstOrDefault(w => options.Exists(o => o.IsRetired && o.Value == w)) is { } retired)
                throw new RuleViolation(name, "'{0}' is not offered any more.", retired);
        }

        CustomValues.Set(spine, name, kind, value);
    }

    private static IReadOnlyList<string> Words(object? value) => value switch
    {
        string word => [word],
        IReadOnlyList<string> words => words,
        _ => [],
    };
}
