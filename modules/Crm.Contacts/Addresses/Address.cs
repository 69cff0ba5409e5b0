using Crm.Abstractions.Events;
using Crm.Abstractions.Records;
using Crm.Contacts.Phones;

namespace Crm.Contacts.Addresses;

/// <summary>A further address of a person or organisation, such as an office, with its own phone and hours.</summary>
internal sealed class Address : IRecord, IFactSource
{
    public const string KindName = "address";

    private Guid _recordId;
    private string? _country;
    private string? _phone;
    private string? _fax;
    private bool _isPlaced;

    private Address() => Spine = null!;

    private Address(Guid id)
    {
        Id = id;
        Spine = new Spine(id, KindName);
    }

    public Guid Id { get; private set; }

    public Spine Spine { get; private set; }

    /// <summary>The contact whose address it is, and who decides who sees it.</summary>
    public Guid RecordId
    {
        get => _recordId;
        set => (_recordId, Spine.DecidedById) = (value, value == Guid.Empty ? null : value);
    }

    public string? Kind { get; set; }

    public string? Street { get; set; }

    public string? Suite { get; set; }

    public string? Building { get; set; }

    public string? City { get; set; }

    public string? Region { get; set; }

    public string? PostalCode { get; set; }

    public string? Country
    {
        get => _country;
        set
        {
            _country = value is { Length: 2 } code ? code.ToUpperInvariant() : value;
            _isPlaced = PhoneCountry.CodeOf(_country) is not null;
            ReadPhones(null);
        }
    }

    public string? Phone
    {
        get => _phone;
        set => _phone = Read(value, null);
    }

    public string? Fax
    {
        get => _fax;
        set => _fax = Read(value, null);
    }

    public string? Hours { get; set; }

    public double? Latitude { get; set; }

    public double? Longitude { get; set; }

    public static Address Of(Guid? contact)
    {
        var address = new Address(Guid.CreateVersion7());
        if (contact is { } id)
            address.RecordId = id;
        return address;
    }

    /// <summary>Brings phone and fax into the one form by the address's own country, else by another; what can't be read stays as typed.</summary>
    public void ReadPhones(string? otherCountry) => (_phone, _fax) = (Read(_phone, otherCountry), Read(_fax, otherCountry));

    /// <summary>On one line, from the smallest to the largest.</summary>
    public string Line() => string.Join(", ", new[] { Building, Street, Suite, Town(), Country }.Where(p => !string.IsNullOrWhiteSpace(p)));

    public string Town() => string.Join(' ', new[] { City, Region, PostalCode }.Where(p => !string.IsNullOrWhiteSpace(p)));

    public IReadOnlyList<object> TakeFacts()
    {
        if (!_isPlaced || _recordId == Guid.Empty)
            return [];
        _isPlaced = false;
        return [new AddressPlaced(_recordId, _country!)];
    }

    private string? Read(string? typed, string? otherCountry) =>
        string.IsNullOrWhiteSpace(typed) ? null
        : PhoneNumbers.Read(typed, PhoneCountry.CodeOf(_country) ?? otherCountry)?.Kept ?? typed.Trim();
}
