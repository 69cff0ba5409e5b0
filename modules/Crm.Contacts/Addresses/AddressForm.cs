using System.ComponentModel.DataAnnotations;

namespace Crm.Contacts.Addresses;

/// <summary>What the form of an address asks.</summary>
internal sealed class AddressForm
{
    private const string TooLong = "This is longer than 200 characters.";

    /// <summary>The version of the address that was filled in.</summary>
    public long Version { get; set; }

    public string? Kind { get; set; }

    [StringLength(200, ErrorMessage = TooLong)]
    public string? Street { get; set; }

    [StringLength(200, ErrorMessage = TooLong)]
    public string? Suite { get; set; }

    [StringLength(200, ErrorMessage = TooLong)]
    public string? Building { get; set; }

    [StringLength(200, ErrorMessage = TooLong)]
    public string? City { get; set; }

    [StringLength(200, ErrorMessage = TooLong)]
    public string? Region { get; set; }

    [StringLength(200, ErrorMessage = TooLong)]
    public string? PostalCode { get; set; }

    [StringLength(200, ErrorMessage = TooLong)]
    public string? Country { get; set; }

    [StringLength(200, ErrorMessage = TooLong), DataType(DataType.PhoneNumber)]
    public string? Phone { get; set; }

    [StringLength(200, ErrorMessage = TooLong), DataType(DataType.PhoneNumber)]
    public string? Fax { get; set; }

    [StringLength(200, ErrorMessage = TooLong)]
    public string? Hours { get; set; }

    public static AddressForm Of(Address a) => new()
    {
        Version = a.Spine.Version,
        Kind = a.Kind,
        Street = a.Street,
        Suite = a.Suite,
        Building = a.Building,
        City = a.City,
        Region = a.Region,
        PostalCode = a.PostalCode,
        Country = a.Country,
        Phone = a.Phone,
        Fax = a.Fax,
        Hours = a.Hours,
    };

    /// <summary>What another form says otherwise than this one: the field's name and this one's value.</summary>
    public IEnumerable<(string Field, string Value)> Unlike(AddressForm other) =>
        Values().Zip(other.Values()).Where(p => !string.Equals(p.First.Value.Trim(), p.Second.Value.Trim(), StringComparison.Ordinal)).Select(p => p.First);

    public void WriteTo(Address a)
    {
        a.Kind = AddressRecord.Uses.Any(u => string.Equals(u.Value, Kind, StringComparison.Ordinal)) ? Kind : null;
        (a.Street, a.Suite, a.Building) = (Street?.Trim(), Suite?.Trim(), Building?.Trim());
        (a.City, a.Region, a.PostalCode, a.Country) = (City?.Trim(), Region?.Trim(), PostalCode?.Trim(), Country?.Trim());
        (a.Phone, a.Fax, a.Hours) = (Phone, Fax, Hours?.Trim());
    }

    private IEnumerable<(string Field, string Value)> Values() =>
    [
        (nameof(Kind), Kind ?? ""), (nameof(Street), Street ?? ""), (nameof(Suite), Suite ?? ""), (nameof(Building), Building ?? ""),
        (nameof(City), City ?? ""), (nameof(Region), Region ?? ""), (nameof(PostalCode), PostalCode ?? ""), (nameof(Country), Country ?? ""),
        (nameof(Phone), Phone ?? ""), (nameof(Fax), Fax ?? ""), (nameof(Hours), Hours ?? ""),
    ];
}
