using System.ComponentModel.DataAnnotations;

namespace Crm.Contacts.Addresses;

/// <summary>What the form of an address asks.</summary>
internal sealed class AddressForm
{
    private const string TooLong = "This is longer than 200 characters.";

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

    public void WriteTo(Address a)
    {
        a.Kind = AddressRecord.Uses.Any(u => string.Equals(u.Value, Kind, StringComparison.Ordinal)) ? Kind : null;
        (a.Street, a.Suite, a.Building) = (Street?.Trim(), Suite?.Trim(), Building?.Trim());
        (a.City, a.Region, a.PostalCode, a.Country) = (City?.Trim(), Region?.Trim(), PostalCode?.Trim(), Country?.Trim());
        (a.Phone, a.Fax, a.Hours) = (Phone, Fax, Hours?.Trim());
    }
}
