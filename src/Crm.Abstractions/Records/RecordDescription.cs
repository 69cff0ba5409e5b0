using System.Linq.Expressions;

namespace Crm.Abstractions.Records;

/// <summary>What a record type said about itself; see <see cref="RecordType"/> for the meaning of each.</summary>
public abstract class RecordDescription
{
    private protected readonly List<RecordField> _fields = [];
    private protected readonly List<Deed> _deeds = [];
    private protected readonly List<string> _includes = [];
    private protected readonly List<ReadyView> _views = [];

    internal string Name { get; private protected set; } = "";

    internal string Plural { get; private protected set; } = "";

    internal string Label { get; private protected set; } = "";

    internal string PluralLabel { get; private protected set; } = "";

    internal string Area { get; private protected set; } = "";

    internal string IconName { get; private protected set; } = "file";

    internal IReadOnlyList<string> Kinds { get; private protected set; } = [];

    internal (string View, string Edit, string Delete) Permissions { get; private protected set; }

    internal bool IsDependant { get; private protected set; }

    internal IReadOnlyList<string> Hosts { get; private protected set; } = [];

    internal bool MayConcernRecords { get; private protected set; }

    internal bool IsPartOfRecord { get; private protected set; }

    internal bool IsKeptWhenErased { get; private protected set; }

    internal bool HasPages { get; private protected set; } = true;

    internal string Order { get; private protected set; } = "";

    internal IReadOnlyList<RecordField> Fields => _fields;

    internal IReadOnlyList<Deed> Deeds => _deeds;

    internal IReadOnlyList<string> Includes => _includes;

    internal IReadOnlyList<ReadyView> Views => _views;
}

/// <summary>The words in which a record type says everything about itself.</summary>
/// <typeparam name="T">The record.</typeparam>
public sealed class RecordDescription<T> : RecordDescription
    where T : class, IRecord
{
    /// <summary>Names the type for the API, the commands and addresses.</summary>
    /// <param name="name">Singular.</param>
    /// <param name="plural">Plural.</param>
    /// <param name="area">The first part of its pages' addresses.</param>
    public RecordDescription<T> Named(string name, string plural, string area)
    {
        (Name, Plural, Area) = (name, plural, area);
        return this;
    }

    /// <summary>Names the type on screen, in English.</summary>
    /// <param name="label">Singular.</param>
    /// <param name="plural">Plural.</param>
    /// <param name="icon">The icon's name.</param>
    public RecordDescription<T> Shown(string label, string plural, string icon)
    {
        (Label, PluralLabel, IconName) = (label, plural, icon);
        return this;
    }

    /// <summary>Names the permissions.</summary>
    /// <param name="view">To see.</param>
    /// <param name="edit">To make and change.</param>
    /// <param name="delete">To put into the bin.</param>
    public RecordDescription<T> Allowed(Security.Permission view, Security.Permission edit, Security.Permission delete)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(edit);
        ArgumentNullException.ThrowIfNull(delete);
        Permissions = (view.Name, edit.Name, delete.Name);
        return this;
    }

    /// <summary>Says that it lists records of several other types.</summary>
    /// <param name="kinds">Their singular names.</param>
    public RecordDescription<T> Unites(params string[] kinds)
    {
        Kinds = kinds;
        return this;
    }

    /// <summary>Says that each hangs on another record, which decides who sees it.</summary>
    /// <param name="partOfRecord">True where its text belongs to that record's search document, and it is no hit itself.</param>
    public RecordDescription<T> HangsOnRecord(bool partOfRecord = false)
    {
        (IsDependant, IsPartOfRecord) = (true, partOfRecord);
        return this;
    }

    /// <summary>Says on which types it may hang, after <see cref="HangsOnRecord"/>: the databases then think of no others. Unsaid: on any that hangs on nothing itself.</summary>
    /// <param name="types">Their singular names.</param>
    public RecordDescription<T> OnlyOn(params string[] types)
    {
        Hosts = types;
        return this;
    }

    /// <summary>Says that each may concern further records, <see cref="Spine.Abouts"/>: who sees one of them sees it, too.</summary>
    public RecordDescription<T> ConcernsRecords()
    {
        MayConcernRecords = true;
        return Loads("Spine.Abouts");
    }

    /// <summary>Says that one that hangs on a record stays as a skeleton when that record is erased, because it counts in a total or proves something; else it is removed.</summary>
    public RecordDescription<T> KeptWhenErased()
    {
        IsKeptWhenErased = true;
        return this;
    }

    /// <summary>Says that it has no list and record page of its own.</summary>
    public RecordDescription<T> WithoutPages()
    {
        HasPages = false;
        return this;
    }

    /// <summary>Says how its lists are sorted where nobody says otherwise; by title where nothing is said.</summary>
    /// <param name="sort">Field names with a comma, each with <c>-</c> for descending.</param>
    public RecordDescription<T> OrderedBy(string sort)
    {
        Order = sort;
        return this;
    }

    /// <summary>Loads a collection with each full record.</summary>
    /// <param name="path">The path in EF Core's words.</param>
    public RecordDescription<T> Loads(string path)
    {
        _includes.Add(path);
        return this;
    }

    /// <summary>Gives the list a view from the start; the first one given is what the list shows when nothing else is asked for.</summary>
    /// <param name="name">The name in addresses; not <c>all</c>, which every list has.</param>
    /// <param name="label">The tab's words, in English.</param>
    /// <param name="filter">In the filter grammar.</param>
    /// <param name="sort">Field names with a comma, each with <c>-</c> for descending.</param>
    public RecordDescription<T> Viewed(string name, string label, string filter, string sort)
    {
        if (name is "all" || _views.Exists(v => v.Name == name))
            throw new InvalidOperationException($"{typeof(T).Name} has a view '{name}' already: 'all' stands above every list by itself.");
        _views.Add(new ReadyView(name, label, filter, sort));
        return this;
    }

    /// <summary>Describes a field from a property: its kind follows from the property's type.</summary>
    /// <typeparam name="TValue">string, bool, int, long, DateOnly, DateTimeOffset or an enum, nullable or not.</typeparam>
    /// <param name="property">The property.</param>
    /// <param name="name">The API name; the property's in camel case where not given.</param>
    public FieldBuilder<T> Field<TValue>(Expression<Func<T, TValue>> property, string? name = null)
    {
        var field = PropertyField.Make(property, name);
        return Add(field).Label(PropertyField.Words(field.Name));
    }

    /// <summary>Describes a text of several lines.</summary>
    /// <param name="property">The property.</param>
    public FieldBuilder<T> LongText(Expression<Func<T, string?>> property)
    {
        var field = PropertyField.Make(property, null, FieldKind.LongText);
        return Add(field).Label(PropertyField.Words(field.Name)).Max(20_000);
    }

    /// <summary>Describes a link to another record.</summary>
    /// <param name="property">The Guid property that holds its id.</param>
    /// <param name="name">The API name.</param>
    /// <param name="kinds">The record types it may point to; none means any.</param>
    public FieldBuilder<T> Link<TKey>(Expression<Func<T, TKey>> property, string name, params string[] kinds)
    {
        var builder = Add(PropertyField.Make(property, name, FieldKind.Link)).Label(PropertyField.Words(name));
        builder.Field.LinkKinds = kinds;
        return builder;
    }

    /// <summary>Describes a user.</summary>
    /// <typeparam name="TKey">Guid, nullable or not.</typeparam>
    /// <param name="property">The property that holds the user's id.</param>
    /// <param name="name">The API name.</param>
    public FieldBuilder<T> User<TKey>(Expression<Func<T, TKey>> property, string name) =>
        Add(PropertyField.Make(property, name, FieldKind.User)).Label(PropertyField.Words(name));

    /// <summary>Describes a text that is one of the options.</summary>
    /// <param name="property">The property that holds the option's value.</param>
    /// <param name="options">The options.</param>
    public FieldBuilder<T> OneOf(Expression<Func<T, string?>> property, params FieldOption[] options)
    {
        var field = PropertyField.Make(property, null, FieldKind.OneOf);
        return Add(field).Label(PropertyField.Words(field.Name)).Options(options);
    }

    /// <summary>Describes several words: of the options, or of one's own where there are none.</summary>
    /// <param name="name">The API name.</param>
    /// <param name="column">The words as the database sees them, for filters.</param>
    /// <param name="read">Reads the words of a loaded record.</param>
    /// <param name="write">Replaces them; null where they can't be written.</param>
    public FieldBuilder<T> ManyOf(
        string name,
        Expression<Func<T, IEnumerable<string>>> column,
        Func<T, IEnumerable<string>> read,
        Action<T, IReadOnlyList<string>>? write = null) =>
        Add(new RecordField
        {
            Name = name,
            Kind = FieldKind.ManyOf,
            Column = column,
            Read = r => read((T)r).ToList(),
            Write = write is null ? null : (r, v) => write((T)r, v as IReadOnlyList<string> ?? []),
        }).Label(PropertyField.Words(name));

    /// <summary>Describes links to several records, of which <see cref="Spine.Abouts"/> keeps the ids in a role.</summary>
    /// <param name="name">The API name.</param>
    /// <param name="role">The role.</param>
    /// <param name="kinds">The record types that they may point to; none means any.</param>
    public FieldBuilder<T> Links(string name, string role, params string[] kinds) => Links(name, role, (r, ids) => r.Spine.Concern(role, ids), kinds);

    /// <summary>The same, for a record that has a word of its own to say about whom it concerns.</summary>
    /// <param name="name">The API name.</param>
    /// <param name="role">The role.</param>
    /// <param name="write">Says whom or what it concerns in the role.</param>
    /// <param name="kinds">The record types that they may point to; none means any.</param>
    public FieldBuilder<T> Links(string name, string role, Action<T, IReadOnlyList<Guid>> write, params string[] kinds)
    {
        var builder = Several(
            name, FieldKind.Links, r => r.Spine.Abouts.Where(a => a.Role == role).Select(a => a.AboutId),
            r => r.Spine.Abouts.Where(a => a.Role == role).Select(a => a.AboutId), write);
        builder.Field.LinkKinds = kinds;
        return builder;
    }

    /// <summary>Describes several users.</summary>
    /// <param name="name">The API name.</param>
    /// <param name="column">Their ids as the database sees them.</param>
    /// <param name="read">Reads the ids of a loaded record.</param>
    /// <param name="write">Replaces them.</param>
    public FieldBuilder<T> Users(string name, Expression<Func<T, IEnumerable<Guid>>> column, Func<T, IEnumerable<Guid>> read, Action<T, IReadOnlyList<Guid>> write) =>
        Several(name, FieldKind.Users, column, read, write);

    /// <summary>Describes an amount of a currency; the currency is a field of its own beside it, by which amounts are grouped.</summary>
    /// <param name="name">The API name.</param>
    /// <param name="amount">The amount in whole units, as the database sees it.</param>
    /// <param name="currency">The ISO 4217 code, as the database sees it.</param>
    /// <param name="read">Reads the amount of a loaded record.</param>
    /// <param name="write">Sets it.</param>
    public FieldBuilder<T> Money(string name, Expression<Func<T, double?>> amount, Expression<Func<T, string?>> currency, Func<T, Money?> read, Action<T, Money?> write)
    {
        Computed(name + ".currency", FieldKind.OneOf, currency).Hidden();
        return Add(new RecordField { Name = name, Kind = FieldKind.Money, Column = amount, Read = r => read((T)r), Write = (r, v) => write((T)r, (Money?)v) })
            .Label(PropertyField.Words(name));
    }

    /// <summary>Describes several values with a kind each.</summary>
    /// <param name="name">The API name.</param>
    /// <param name="column">The values as the database sees them, for filters.</param>
    /// <param name="read">Reads the values of a loaded record.</param>
    /// <param name="write">Replaces them.</param>
    public FieldBuilder<T> Values(
        string name,
        Expression<Func<T, IEnumerable<string>>> column,
        Func<T, IEnumerable<ValueEntry>> read,
        Action<T, IReadOnlyList<ValueEntry>> write) =>
        Add(new RecordField
        {
            Name = name,
            Kind = FieldKind.Values,
            Column = column,
            Read = r => read((T)r).ToList(),
            Write = (r, v) => write((T)r, v as IReadOnlyList<ValueEntry> ?? []),
        }).Label(PropertyField.Words(name));

    /// <summary>Describes a field that is read from the record and can't be written.</summary>
    /// <typeparam name="TValue">The value's type.</typeparam>
    /// <param name="name">The API name.</param>
    /// <param name="kind">What it holds.</param>
    /// <param name="column">The value as the database sees it.</param>
    public FieldBuilder<T> Computed<TValue>(string name, FieldKind kind, Expression<Func<T, TValue>> column)
    {
        var read = column.Compile();
        return Add(new RecordField { Name = name, Kind = kind, Column = column, Read = r => read((T)r) })
            .Label(PropertyField.Words(name));
    }

    /// <summary>Lists a deed.</summary>
    /// <typeparam name="TVerb">The verb.</typeparam>
    /// <param name="name">The verb in addresses.</param>
    /// <param name="label">The button's words, in English.</param>
    /// <param name="icon">The icon's name.</param>
    /// <param name="permission">The permission asked for.</param>
    /// <param name="inputs">What it must be told.</param>
    public RecordDescription<T> Deed<TVerb>(string name, string label, string icon, Security.Permission permission, params DeedInput[] inputs)
        where TVerb : IVerb<T>
    {
        ArgumentNullException.ThrowIfNull(permission);
        _deeds.Add(new Deed<T, TVerb> { Name = name, Label = label, Icon = icon, Permission = permission.Name, Inputs = inputs });
        return this;
    }

    /// <summary>Adds what every record has in the spine, after the type's own fields.</summary>
    internal void AddSpineFields()
    {
        Computed("title", FieldKind.Text, r => r.Spine.Title).Hidden().SortedBy(r => r.Spine.SortKey);
        Field(r => r.Spine.ExternalId, "externalId").Label("External ID").Headers("External ID").Hidden();
        if (!IsDependant)
        {
            // A type that has a word of its own for whose it is, as a task its assignee, doesn't list the same name twice.
            var isNamed = _fields.Exists(f => f is { Kind: FieldKind.User, Column.Body: MemberExpression { Member.Name: nameof(Spine.OwnerId) } });
            var owner = Add(PropertyField.Make<T, Guid?>(r => r.Spine.OwnerId, "owner", FieldKind.User)).Label("Owner")
                .ByDeed(Security.CorePermissions.HandOverRecords.Name).Hidden();
            if (!isNamed)
                owner.Listed();
            Computed("department", FieldKind.Department, r => r.Spine.DepartmentId).Label("Access department").Hidden();
        }

        Computed("createdAt", FieldKind.Instant, r => r.Spine.CreatedAt).Label("Created").Sortable().Hidden();
        Computed("updatedAt", FieldKind.Instant, r => r.Spine.UpdatedAt).Label("Changed").Sortable().Hidden();
    }

    private FieldBuilder<T> Several(
        string name, FieldKind kind, Expression<Func<T, IEnumerable<Guid>>> column, Func<T, IEnumerable<Guid>> read, Action<T, IReadOnlyList<Guid>> write) =>
        Add(new RecordField
        {
            Name = name,
            Kind = kind,
            Column = column,
            Read = r => read((T)r).ToList(),
            Write = (r, v) => write((T)r, v as IReadOnlyList<Guid> ?? []),
        }).Label(PropertyField.Words(name));

    private FieldBuilder<T> Add(RecordField field)
    {
        if (_fields.Any(f => string.Equals(f.Name, field.Name, StringComparison.OrdinalIgnoreCase)))
            throw new InvalidOperationException($"{typeof(T).Name} describes the field '{field.Name}' twice.");
        _fields.Add(field);
        return new FieldBuilder<T>(field);
    }
}
