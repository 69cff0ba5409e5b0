using Crm.Abstractions.Records;
using Crm.Contacts.Addresses;

namespace Crm.Contacts.Tests.Addresses;

public sealed class AddressTests
{
    private readonly AddressRecord _type = new(Settings.Country("LV"));
    private readonly Address _address = Address.Of(Guid.CreateVersion7());

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_phone_is_read_by_the_country_of_its_address_in_whichever_order_they_come(bool isCountryFirst)
    {
        if (isCountryFirst)
            _address.Country = "us";
        (_address.Phone, _address.Fax) = ("256-734-6043", "202-225-5587");
        _address.Country = "us";
        _type.Check(_address);
        Assert.Equal(("+12567346043", "+12022255587", "US"), (_address.Phone, _address.Fax, _address.Country));
    }

    [Fact]
    public void The_sites_country_counts_where_the_address_names_none()
    {
        (_address.City, _address.Phone, _address.Fax) = ("Rīga", "67012345", "256-734-6043");
        _type.Check(_address);
        Assert.Equal(("+37167012345", "256-734-6043"), (_address.Phone, _address.Fax));
    }

    [Fact]
    public void It_is_seen_by_who_sees_its_contact() => Assert.Equal(_address.RecordId, _address.Spine.DecidedById);

    [Fact]
    public void Its_title_is_one_line()
    {
        (_address.Building, _address.Street, _address.Suite) = ("Carl Elliott Building", "1710 Alabama Ave.", "247");
        (_address.City, _address.Region, _address.PostalCode, _address.Country) = ("Jasper", "AL", "35501", "US");
        Assert.Equal("Carl Elliott Building, 1710 Alabama Ave., 247, Jasper AL 35501, US", _type.TitleOf(_address));
    }

    [Fact]
    public void An_address_of_nobody_and_an_empty_one_are_refused()
    {
        var nobodys = Address.Of(null);
        nobodys.City = "Rīga";
        Assert.Contains("record", Assert.Throws<RuleViolation>(() => _type.Check(nobodys)).Errors.Keys);
        Assert.Contains("street", Assert.Throws<RuleViolation>(() => _type.Check(_address)).Errors.Keys);
    }

    [Theory]
    [InlineData(91d, 0d, "latitude")]
    [InlineData(0d, -181d, "longitude")]
    public void A_place_that_is_not_on_earth_is_refused(double latitude, double longitude, string field)
    {
        (_address.City, _address.Latitude, _address.Longitude) = ("Rīga", latitude, longitude);
        Assert.Contains(field, Assert.Throws<RuleViolation>(() => _type.Check(_address)).Errors.Keys);
    }
}
