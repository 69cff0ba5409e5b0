using System.Text.Json;
using Crm.Abstractions.Records;

namespace Crm.Kernel.CustomFields;

/// <summary>A field that an administrator made for a record type. Name and kind are fixed once made: they are how its values are kept.</summary>
internal sealed class CustomField
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The record type's name in the singular.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The API name, in camel case, and the key in <see cref="Spine.Custom"/>.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it holds; what the formula gives, where there is one.</summary>
    public FieldKind Holds { get; init; }

    public string Label { get; set; } = "";

    public string Hint { get; set; } = "";

    /// <summary>The heading on the form.</summary>
    public string Heading { get; set; } = "";

    /// <summary>Its place among the type's custom fields.</summary>
    public int Rank { get; set; }

    public bool IsRequired { get; set; }

    public bool IsUnique { get; set; }

    /// <summary>Shown in lists from the start, and indexed, so that long lists sort by it.</summary>
    public bool IsListed { get; set; }

    public bool IsKeyFact { get; set; }

    public bool IsSearchable { get; set; }

    public bool IsPersonal { get; set; }

    /// <summary>Options as JSON: value, label, colour, retired or not.</summary>
    public string Options { get; set; } = "[]";

    /// <summary>The record types that a link may point to, as a JSON list of names.</summary>
    public string LinkKinds { get; set; } = "[]";

    /// <summary>The departments whose users have it, as a JSON list of ids; empty for everybody.</summary>
    public string Departments { get; set; } = "[]";

    /// <summary>What it is computed from; empty where it is written.</summary>
    public string Formula { get; set; } = "";

    public DateTimeOffset? RetiredAt { get; set; }

    /// <summary>True until the background step made its index and computed its values.</summary>
    public bool IsPending { get; set; }

    /// <summary>True until the background step wrote the search documents anew of the records that have it.</summary>
    public bool IsSearchPending { get; set; }

    /// <summary>True where search finds its words. Whoever finds a document may read all of it: what is personal, or some departments' only, stays out.</summary>
    public bool IsSearched => IsSearchable && !IsPersonal && RetiredAt is null && Formula.Length == 0 && ReadDepartments().Count == 0;

    public List<FieldOption> ReadOptions() => JsonSerializer.Deserialize<List<FieldOption>>(Options) ?? [];

    public List<string> ReadLinkKinds() => JsonSerializer.Deserialize<List<string>>(LinkKinds) ?? [];

    public List<Guid> ReadDepartments() => JsonSerializer.Deserialize<List<Guid>>(Departments) ?? [];
}

/// <summary>A field of a type's own that an administrator made obligatory.</summary>
internal sealed class RequiredField
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public string Kind { get; init; } = "";

    public string Name { get; init; } = "";
}
