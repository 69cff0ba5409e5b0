using System.Linq.Expressions;

namespace Crm.Abstractions.Records;

/// <summary>Says the rest about a field, fluently.</summary>
/// <typeparam name="T">The record.</typeparam>
/// <param name="field">The field being described.</param>
public sealed class FieldBuilder<T>(RecordField field)
    where T : class, IRecord
{
    /// <summary>The field being described.</summary>
    public RecordField Field { get; } = field;

    /// <summary>Gives the label, in English.</summary>
    /// <param name="label">The label.</param>
    /// <param name="hint">A sentence below the input.</param>
    public FieldBuilder<T> Label(string label, string? hint = null) => With(f => (f.Label, f.Hint) = (label, hint));

    /// <summary>Shows it in the list from the start.</summary>
    public FieldBuilder<T> Listed() => With(f => f.IsListed = true);

    /// <summary>Lets lists be sorted by it.</summary>
    public FieldBuilder<T> Sortable() => With(f => f.IsSortable = true);

    /// <summary>Lets lists be sorted by it through another expression.</summary>
    /// <param name="by">The expression to sort by.</param>
    public FieldBuilder<T> SortedBy(Expression<Func<T, object?>> by) => With(f => (f.IsSortable, f.SortColumn) = (true, by));

    /// <summary>Puts it into the search document.</summary>
    public FieldBuilder<T> Searchable() => With(f => f.IsSearchable = true);

    /// <summary>Keeps it out of filters.</summary>
    public FieldBuilder<T> Unfilterable() => With(f => f.IsFilterable = false);

    /// <summary>Names the column headings of files that mean it.</summary>
    /// <param name="headers">Headings, compared without case and spaces.</param>
    public FieldBuilder<T> Headers(params string[] headers) => With(f => f.Headers = headers);

    /// <summary>For several values: names a heading of files and the kind of value that its column holds.</summary>
    /// <param name="kinds">Kinds by heading.</param>
    public FieldBuilder<T> Headers(IReadOnlyDictionary<string, string> kinds) =>
        With(f => (f.Headers, f.HeaderKinds) = (kinds.Keys.ToList(), kinds));

    /// <summary>Marks it personal: erasure empties it.</summary>
    public FieldBuilder<T> Personal() => With(f => f.IsPersonal = true);

    /// <summary>For a link: names the record types that it may point to; none means any.</summary>
    /// <param name="kinds">Their singular names.</param>
    public FieldBuilder<T> Links(params string[] kinds) => With(f => f.LinkKinds = kinds);

    /// <summary>Makes a value obligatory.</summary>
    public FieldBuilder<T> Required() => With(f => f.IsRequired = true);

    /// <summary>Keeps it off forms and the details tab.</summary>
    public FieldBuilder<T> Hidden() => With(f => f.IsShown = false);

    /// <summary>Shows it as a banner on top of the record's page.</summary>
    public FieldBuilder<T> Banner() => With(f => f.IsBanner = true);

    /// <summary>Shows it in the head of the record's page.</summary>
    public FieldBuilder<T> KeyFact() => With(f => f.IsKeyFact = true);

    /// <summary>Limits a text's length.</summary>
    /// <param name="length">Characters.</param>
    public FieldBuilder<T> Max(int length) => With(f => f.MaxLength = length);

    /// <summary>Says that its text has a form of its own, which the record checks, and says nothing of anybody: erasure leaves it.</summary>
    public FieldBuilder<T> Formed() => With(f => f.IsFormed = true);

    /// <summary>Says that colleagues who are named in it as <c>@Anna Bērziņa</c> are told.</summary>
    public FieldBuilder<T> Mentions() => With(f => f.HasMentions = true);

    /// <summary>Gives the options of a choice, or the kinds of several values.</summary>
    /// <param name="options">The options.</param>
    public FieldBuilder<T> Options(params FieldOption[] options) => With(f => f.Options = options);

    /// <summary>Takes the options from a list that administrators may change.</summary>
    /// <param name="list">The list.</param>
    public FieldBuilder<T> From(ChoiceList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return With(f => (f.ListName, f.Options) = (list.Name, list.Defaults));
    }

    /// <summary>For a link: makes the linked record by its title where a file names one that isn't there.</summary>
    public FieldBuilder<T> MakesMissing() => With(f => f.MakesMissing = true);

    /// <summary>Says how pages write a value; the API and files have it as it is kept.</summary>
    /// <param name="shown">From the kept form to the shown one.</param>
    public FieldBuilder<T> ShownAs(Func<string, string> shown) => With(f => f.Shown = shown);

    /// <summary>Says that a file's row is imported without the value where that breaks a rule; the value is reported.</summary>
    public FieldBuilder<T> Forgiving() => With(f => f.IsForgiving = true);

    /// <summary>Names the type of input that suits it.</summary>
    /// <param name="type">An HTML input type.</param>
    public FieldBuilder<T> Input(string type) => With(f => f.InputType = type);

    /// <summary>Puts it under a heading of the form.</summary>
    /// <param name="group">The heading, in English.</param>
    public FieldBuilder<T> Under(string group) => With(f => f.Group = group);

    /// <summary>Says that only a deed changes it after creation.</summary>
    /// <param name="permission">The deed's permission.</param>
    public FieldBuilder<T> ByDeed(string permission) => With(f => f.DeedPermission = permission);

    /// <summary>Asks for permissions beyond the type's.</summary>
    /// <param name="read">To read it in any door.</param>
    /// <param name="write">To write it in any door; the same where not given.</param>
    public FieldBuilder<T> Allowed(string read, string? write = null) =>
        With(f => (f.ReadPermission, f.WritePermission) = (read, write ?? read));

    private FieldBuilder<T> With(Action<RecordField> change)
    {
        change(Field);
        return this;
    }
}
