using Crm.Contacts.Contacts;

namespace Crm.Contacts.Organizations;

/// <summary>A company, authority, association or any other organisation, perhaps a part of another one.</summary>
internal sealed class Organization : Contact
{
    public const string KindName = "organization";

    private Guid? _parentId;

    private Organization()
    {
    }

    private Organization(Guid id)
        : base(id, KindName)
    {
    }

    public string Name { get; set; } = "";

    public Guid? ParentId
    {
        get => _parentId;
        set
        {
            if (_parentId == value)
                return;
            _parentId = value;
            if (value is not null)
                Note(new ParentChanged(Id));
        }
    }

    public string? AddressLine { get; set; }

    public string? Industry { get; set; }

    public string? RegistrationNumber { get; set; }

    public int? Employees { get; set; }

    public static Organization New() => new(Guid.CreateVersion7());
}
