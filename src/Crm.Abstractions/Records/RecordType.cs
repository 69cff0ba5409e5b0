using Crm.Abstractions.Data;

namespace Crm.Abstractions.Records;

/// <summary>A record type, described once; every door is made from the description.</summary>
public abstract class RecordType
{
    private volatile IReadOnlyList<RecordField>? _fields;

    /// <summary>What the type says about itself.</summary>
    public abstract RecordDescription Description { get; }

    /// <summary>The name in the singular, as the API, the commands and the spine have it: <c>person</c>.</summary>
    public string Name => Description.Name;

    /// <summary>The name in the plural, as addresses have it: <c>people</c>.</summary>
    public string Plural => Description.Plural;

    /// <summary>What one is called on screen, in English (the localiser's key).</summary>
    public string Label => Description.Label;

    /// <summary>What several are called on screen, in English.</summary>
    public string PluralLabel => Description.PluralLabel;

    /// <summary>The icon's name in the theme's set.</summary>
    public string Icon => Description.IconName;

    /// <summary>The first part of its pages' addresses: <c>contacts</c>.</summary>
    public string Area => Description.Area;

    /// <summary>The kinds in the spine that it covers; usually its own name alone.</summary>
    public IReadOnlyList<string> Kinds => Description.Kinds is [] ? [Name] : Description.Kinds;

    /// <summary>The permission to see records of the type.</summary>
    public string ViewPermission => Description.Permissions.View;

    /// <summary>The permission to make and change them.</summary>
    public string EditPermission => Description.Permissions.Edit;

    /// <summary>The permission to put them into the bin.</summary>
    public string DeletePermission => Description.Permissions.Delete;

    /// <summary>True where another record decides who sees one (a note, an address): <see cref="Spine.DecidedBy"/> is always set.</summary>
    public bool IsDependant => Description.IsDependant;

    /// <summary>The types on which one may hang, by their singular names; none named: any that hangs on nothing itself.</summary>
    public IReadOnlyList<string> Hosts => Description.Hosts;

    /// <summary>True where one may concern further records, and is seen by who sees one of them: <see cref="Spine.Abouts"/>.</summary>
    public bool ConcernsRecords => Description.MayConcernRecords;

    /// <summary>True where its text belongs to the search document of the record that it hangs on, and it is no hit itself.</summary>
    public bool IsPartOfRecord => Description.IsPartOfRecord;

    /// <summary>True where one that hangs on an erased record stays as a skeleton; else it is removed with what it said.</summary>
    public bool IsKeptWhenErased => Description.IsKeptWhenErased;

    /// <summary>True where a record can be erased: it says personal things and hangs on no other.</summary>
    public bool IsErasable => !IsUnion && !IsDependant && Fields.Any(f => f.IsPersonal);

    /// <summary>True for a list over several types: read-only, with no records of its own.</summary>
    public bool IsUnion => Kinds.Count != 1 || !string.Equals(Kinds[0], Name, StringComparison.Ordinal);

    /// <summary>True where it has pages of its own: a list and a record page.</summary>
    public bool HasPages => Description.HasPages;

    /// <summary>How lists are sorted where nobody says otherwise, in the words of the API; empty means by title.</summary>
    public string Order => Description.Order;

    /// <summary>The fields, in the order of forms and columns: the type's own, then those that administrators made.</summary>
    public IReadOnlyList<RecordField> Fields => _fields ?? Description.Fields;

    /// <summary>The type's own fields alone, as it described them.</summary>
    public IReadOnlyList<RecordField> OwnFields => Description.Fields;

    /// <summary>The deeds.</summary>
    public IReadOnlyList<Deed> Deeds => Description.Deeds;

    /// <summary>Views that stand above its list from the start; the first is shown when nothing else is asked for.</summary>
    public IReadOnlyList<ReadyView> Views => Description.Views;

    /// <summary>The entity that EF Core maps.</summary>
    public abstract Type Entity { get; }

    /// <summary>Paths that a full record is loaded with, in EF Core's words.</summary>
    public IReadOnlyList<string> Includes => Description.Includes;

    /// <summary>Finds a field by its API name, or null.</summary>
    /// <param name="name">The name.</param>
    public RecordField? Find(string name) =>
        Fields.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Takes what administrators decided about the fields; in force from the next request on. Called by the kernel.</summary>
    /// <param name="added">The fields that they made.</param>
    /// <param name="required">The names of the type's own fields that they made obligatory.</param>
    public void Configure(IReadOnlyList<RecordField> added, IReadOnlySet<string> required)
    {
        ArgumentNullException.ThrowIfNull(added);
        ArgumentNullException.ThrowIfNull(required);
        foreach (var field in Description.Fields)
            field.IsRequiredBySetting = required.Contains(field.Name);
        _fields = added.Count == 0 ? null : [.. Description.Fields, .. added];
    }

    /// <summary>Takes what a list of words holds now, for the fields that take their options from it. Called by the kernel.</summary>
    /// <param name="list">The list's name.</param>
    /// <param name="options">Its words.</param>
    public void Offer(string list, IReadOnlyList<FieldOption> options)
    {
        foreach (var field in Description.Fields.Where(f => string.Equals(f.ListName, list, StringComparison.Ordinal)))
            field.Options = options;
    }

    /// <summary>Checks the texts of a record as every door does, for whoever writes one without a door: their length, and that both databases can keep them.</summary>
    /// <param name="record">The record.</param>
    /// <exception cref="RuleViolation">A text is too long, holds a sign that is no text, or is several lines where one is meant.</exception>
    public void CheckTexts(object record)
    {
        foreach (var field in OwnFields.Where(f => f.Kind is FieldKind.Text or FieldKind.LongText && f.Write is not null))
        {
            if (field.Read(record) is not string text)
                continue;
            PlainText.Sound(field.Name, text, field.MaxLength);
            if (field.Kind == FieldKind.Text)
                PlainText.Line(field.Name, text);
        }
    }

    /// <summary>The address of the list.</summary>
    public string ListUrl => $"/{Area}/{Plural}";

    /// <summary>The address of a record's page.</summary>
    /// <param name="id">The record's id.</param>
    public virtual string UrlOf(Guid id) => $"/{Area}/{Plural}/{id}";

    /// <summary>What a record is called.</summary>
    /// <param name="record">The record.</param>
    public abstract string TitleOf(object record);

    /// <summary>What a record is sorted by, as words.</summary>
    /// <param name="record">The record.</param>
    public abstract string SortTitleOf(object record);

    /// <summary>Entries that a record makes in the timelines of other records.</summary>
    /// <param name="record">The record.</param>
    public abstract IEnumerable<TimelineEntry> TimelineOf(object record);

    /// <summary>The records whose timelines a record's own contains, itself left out: an organisation's people.</summary>
    /// <param name="db">The database.</param>
    /// <param name="id">The record's id.</param>
    public virtual IQueryable<Guid>? TimelineReach(CrmDb db, Guid id) => null;
}

/// <summary>What a record shows in another record's timeline.</summary>
/// <param name="About">The record in whose timeline it stands.</param>
/// <param name="At">The moment that it stands at (UTC).</param>
/// <param name="Text">Its text, plain.</param>
/// <param name="Icon">The icon's name.</param>
public sealed record TimelineEntry(Guid About, DateTimeOffset At, string Text, string Icon);
