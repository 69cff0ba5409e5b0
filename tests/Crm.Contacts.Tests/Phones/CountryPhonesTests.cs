using Crm.Contacts.Phones;

namespace Crm.Contacts.Tests.Phones;

public sealed class CountryPhonesTests
{
    [Fact]
    public void No_calling_code_begins_another()
    {
        var codes = CountryPhones.All.Select(p => p.Code).Distinct().ToList();
        Assert.DoesNotContain(codes, code => codes.Exists(other => other != code && other.StartsWith(code, StringComparison.Ordinal)));
    }

    [Fact]
    public void Lengths_stay_within_the_standard() =>
        Assert.All(CountryPhones.All, p => Assert.InRange(p.Code.Length + p.Longest, p.Code.Length + p.Shortest, 15));

    [Fact]
    public void All_countries_are_there() => Assert.InRange(CountryPhones.All.Count(), 230, 260);

    [Theory]
    [InlineData("LV", "LV")]
    [InlineData("lv", "LV")]
    [InlineData("Latvia", "LV")]
    [InlineData("Latvija", "LV")]
    [InlineData("united states", "US")]
    [InlineData("USA", "US")]
    [InlineData("Atlantis", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_country_is_known_by_code_and_name(string? text, string? code) => Assert.Equal(code, PhoneCountry.CodeOf(text));
}
