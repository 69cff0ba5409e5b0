using Crm.Contacts.Contacts;

namespace Crm.Contacts.People;

/// <summary>A person.</summary>
internal sealed class Person : Contact
{
    public const string KindName = "person";

    private DateOnly? _birthday;
    private Guid? _organizationId;

    private Person()
    {
    }

    private Person(Guid id)
        : base(id, KindName)
    {
    }

    public string? FirstName { get; set; }

    public string? MiddleName { get; set; }

    public string? LastName { get; set; }

    public string? Suffix { get; set; }

    public string? Nickname { get; set; }

    public string? FullName { get; set; }

    /// <summary>The employer. The works-for relationship follows in the same save.</summary>
    public Guid? OrganizationId
    {
        get => _organizationId;
        set
        {
            if (_organizationId == value)
                return;
            Note(new EmployerChanged(Id, _organizationId, value));
            _organizationId = value;
        }
    }

    public string? JobTitle { get; set; }

    /// <summary>The department at work, in the employer's words; nothing to do with who sees the record.</summary>
    public string? WorkDepartment { get; set; }

    public string? BusinessStreet { get; set; }

    public DateOnly? MemberSince { get; set; }

    public DateOnly? Birthday
    {
        get => _birthday;
        set
        {
            _birthday = value;
            if (value is { } day)
                BirthYear = day.Year;
        }
    }

    public int? BirthYear { get; set; }

    public string? Gender { get; set; }

    public string? Language { get; set; }

    public string? MaritalStatus { get; set; }

    public int? HouseholdSize { get; set; }

    public int? Children { get; set; }

    public string? Education { get; set; }

    public static Person New() => new(Guid.CreateVersion7());

    /// <summary>The full name where given, else first and last name, else what there is.</summary>
    public string Title() => Join(FullName) is { Length: > 0 } full ? full
        : Join(FirstName, LastName) is { Length: > 0 } name ? name
        : Join(Nickname);

    /// <summary>As a telephone book has it: the last name first.</summary>
    public string SortTitle() => Join(LastName) is { Length: > 0 } ? Join(LastName, FirstName, MiddleName) : Title();

    private static string Join(params string?[] parts) =>
        string.Join(' ', parts.Where(p => !string.IsNullOrWhiteSpace(p)).Select(p => p!.Trim()));
}
