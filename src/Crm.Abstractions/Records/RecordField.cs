using System.Linq.Expressions;

namespace Crm.Abstractions.Records;

/// <summary>What a field holds, and so how every door reads, writes, filters and shows it.</summary>
public enum FieldKind
{
    /// <summary>One line (<see cref="string"/>).</summary>
    Text,

    /// <summary>Several lines (<see cref="string"/>).</summary>
    LongText,

    /// <summary>A whole or fractional number (<see cref="decimal"/> at the doors).</summary>
    Number,

    /// <summary>A day without time (<see cref="DateOnly"/>).</summary>
    Date,

    /// <summary>A moment (<see cref="DateTimeOffset"/>, UTC).</summary>
    Instant,

    /// <summary>Yes or no (<see cref="bool"/>).</summary>
    YesNo,

    /// <summary>One of the options (<see cref="string"/>, the option's value).</summary>
    OneOf,

    /// <summary>Several of the options, or words of one's own where there are none (a list of <see cref="string"/>).</summary>
    ManyOf,

    /// <summary>Another record (<see cref="Guid"/>).</summary>
    Link,

    /// <summary>A user (<see cref="Guid"/>).</summary>
    User,

    /// <summary>A department (<see cref="Guid"/>).</summary>
    Department,

    /// <summary>Several values with a kind each, as phones are (a list of <see cref="ValueEntry"/>).</summary>
    Values,

    /// <summary>An amount of a currency (<see cref="Records.Money"/>); filtered and sorted by its amount.</summary>
    Money,

    /// <summary>A time of day (<see cref="TimeOnly"/>).</summary>
    Time,

    /// <summary>Other records (a list of <see cref="Guid"/>).</summary>
    Links,

    /// <summary>Users (a list of <see cref="Guid"/>).</summary>
    Users,
}

/// <summary>An amount of a currency.</summary>
/// <param name="Amount">The amount, in whole units of the currency; at most four decimals are kept.</param>
/// <param name="Currency">The currency's ISO 4217 code, such as <c>EUR</c>.</param>
public readonly record struct Money(decimal Amount, string Currency)
{
    /// <summary>As files and the audit have it: <c>12.50 EUR</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Amount:0.00##} {Currency}");
}

/// <summary>One of several values of a field.</summary>
/// <param name="Kind">What sort it is, such as <c>work</c>.</param>
/// <param name="Value">The value in the form in which it is kept.</param>
/// <param name="IsDoubtful">True where the value was kept as typed because it could not be read.</param>
public sealed record ValueEntry(string Kind, string Value, bool IsDoubtful = false);

/// <summary>A value to choose.</summary>
/// <param name="Value">The value as the API has it.</param>
/// <param name="Label">What is read, in English.</param>
/// <param name="Colour">The theme's colour name for its badge, or null.</param>
public sealed record FieldOption(string Value, string Label, string? Colour = null)
{
    /// <summary>Not offered any more; records that have it keep it.</summary>
    public bool IsRetired { get; init; }

    /// <summary>The name of an icon that stands for it, or null.</summary>
    public string? Icon { get; init; }
}

/// <summary>One field of a record type, described once for every door.</summary>
public sealed class RecordField
{
    /// <summary>The field's API name, in camel case.</summary>
    public required string Name { get; init; }

    /// <summary>What the field holds.</summary>
    public required FieldKind Kind { get; init; }

    /// <summary>The label, in English (the localiser's key).</summary>
    public string Label { get; internal set; } = "";

    /// <summary>A sentence below the input, or null.</summary>
    public string? Hint { get; internal set; }

    /// <summary>The heading under which forms and the details tab show it.</summary>
    public string Group { get; internal set; } = "";

    /// <summary>Reads the value of a loaded record.</summary>
    public required Func<object, object?> Read { get; init; }

    /// <summary>Sets the value; null where the field can't be written.</summary>
    public Action<object, object?>? Write { get; init; }

    /// <summary>The value as an expression that the database can evaluate (record → value, or values); null where it can't be filtered or sorted.</summary>
    public LambdaExpression? Column { get; init; }

    /// <summary>Its <see cref="Column"/> follows from rows of the database, and is there as soon as a door needs it: to filter or sort by it, or to show it.</summary>
    public bool IsLate { get; init; }

    /// <summary>Can be asked of the database: has a <see cref="Column"/>, or will have one.</summary>
    public bool HasColumn => IsLate || Column is not null;

    /// <summary>The expression to sort by where it differs from <see cref="Column"/>.</summary>
    public LambdaExpression? SortColumn { get; internal set; }

    /// <summary>Shown in the list from the start.</summary>
    public bool IsListed { get; internal set; }

    /// <summary>May be filtered by.</summary>
    public bool IsFilterable { get; internal set; } = true;

    /// <summary>May be sorted by.</summary>
    public bool IsSortable { get; internal set; }

    /// <summary>Part of the search document's body.</summary>
    public bool IsSearchable { get; internal set; }

    /// <summary>Its text has a form of its own, as the name of a zone has, and says nothing of anybody.</summary>
    public bool IsFormed { get; internal set; }

    /// <summary>Colleagues who are named in it with an <c>@</c> are told.</summary>
    public bool HasMentions { get; internal set; }

    /// <summary>Personal data, emptied by erasure.</summary>
    public bool IsPersonal { get; internal set; }

    /// <summary>Must have a value: the type says so, or an administrator does.</summary>
    public bool IsRequired
    {
        get => field || IsRequiredBySetting;
        internal set;
    }

    /// <summary>An administrator made a value obligatory.</summary>
    public bool IsRequiredBySetting { get; internal set; }

    /// <summary>Shown on forms and on the details tab.</summary>
    public bool IsShown { get; internal set; } = true;

    /// <summary>Shown as a banner on top of the record's page when it has a value.</summary>
    public bool IsBanner { get; internal set; }

    /// <summary>Shown among the key facts in the head of the record's page.</summary>
    public bool IsKeyFact { get; internal set; }

    /// <summary>Changed by a deed only: may be given at creation by who holds the deed's permission, and is read-only afterwards.</summary>
    public string? DeedPermission { get; internal set; }

    /// <summary>The greatest length of a text, in characters.</summary>
    public int MaxLength { get; internal set; } = 200;

    /// <summary>The permission needed to read the field in any door, beyond the type's; null for none.</summary>
    public string? ReadPermission { get; internal set; }

    /// <summary>The permission needed to write the field in any door, beyond the type's; null for none.</summary>
    public string? WritePermission { get; internal set; }

    /// <summary>The options of a choice, or the kinds of several values.</summary>
    public IReadOnlyList<FieldOption> Options { get; internal set; } = [];

    /// <summary>The list that the options are taken from, where administrators may change them; else null.</summary>
    public string? ListName { get; internal set; }

    /// <summary>The record types that a link may point to.</summary>
    public IReadOnlyList<string> LinkKinds { get; internal set; } = [];

    /// <summary>Column headings of files that mean this field, beside its label and name.</summary>
    public IReadOnlyList<string> Headers { get; internal set; } = [];

    /// <summary>For several values: the kind that a file's column means, by heading.</summary>
    public IReadOnlyDictionary<string, string> HeaderKinds { get; internal set; } = new Dictionary<string, string>();

    /// <summary>For a link: a record is made by this title where a file names one that isn't there; else it is reported.</summary>
    public bool MakesMissing { get; internal set; }

    /// <summary>A file's row is imported without the value where that breaks a rule; the value is reported.</summary>
    public bool IsForgiving { get; internal set; }

    /// <summary>The type of input that suits it (<c>text</c>, <c>email</c>, <c>tel</c>, <c>url</c>).</summary>
    public string InputType { get; internal set; } = "text";

    /// <summary>How pages write a value that is kept otherwise, as a phone in groups; null where it is shown as it is kept.</summary>
    public Func<string, string>? Shown { get; internal set; }

    /// <summary>Id of the module that contributed the field to another module's type, or null.</summary>
    public string? ContributedBy { get; internal set; }

    /// <summary>Made by an administrator: its values stand in <see cref="Spine.Custom"/>.</summary>
    public bool IsCustom { get; init; }

    /// <summary>For one that an administrator made: the database has an index by which long lists are sorted.</summary>
    public bool IsIndexed { get; init; }

    /// <summary>The departments whose users have the field, those below them included; empty where everybody has it.</summary>
    public IReadOnlyCollection<Guid> Departments { get; init; } = [];

    /// <summary>True where an edit may write the field.</summary>
    public bool IsEditable => Write is not null && DeedPermission is null;
}
