using Crm.Abstractions.Records;
using Crm.Contacts.Contacts;
using Crm.Contacts.People;

namespace Crm.Contacts.Tests.Contacts;

public sealed class ContactValuesTests
{
    private readonly Person _person = Person.New();

    [Fact]
    public void Two_notations_of_one_number_are_one_phone()
    {
        _person.SetValues(PointType.Phone, [new("work", "67012345"), new("work", "+371 6701 2345")], "LV");
        Assert.Equal([new ValueEntry("work", "+37167012345")], _person.Values(PointType.Phone));
    }

    [Fact]
    public void What_cannot_be_read_is_kept_as_typed_and_flagged()
    {
        _person.SetValues(PointType.Phone, [new("work", "202-224-3441")], "LV");
        Assert.Equal([new ValueEntry("work", "202-224-3441", IsDoubtful: true)], _person.Values(PointType.Phone));
    }

    [Fact]
    public void Given_again_the_rows_stay_the_same_rows()
    {
        _person.SetValues(PointType.Phone, [new("work", "202-224-3441"), new("fax", "202-228-0769")], null);
        var before = _person.Points.ToList();
        before[0].Take(PointText.Phone("work", "202-224-3441", "US"));
        _person.SetValues(PointType.Phone, [new("work", "202-224-3441"), new("fax", "202-228-0769")], null);
        Assert.Equal(before, _person.Points);
        Assert.Equal("+12022243441", _person.Points[0].Value);
    }

    [Fact]
    public void Values_of_other_types_stay_and_those_left_out_go()
    {
        _person.SetValues(PointType.Phone, [new("work", "67012345"), new("mobile", "29123456")], "LV");
        _person.SetValues(PointType.Email, [new("work", "Anna@Example.ORG")], null);
        _person.SetValues(PointType.Phone, [new("mobile", "29123456")], "LV");
        Assert.Equal([new ValueEntry("mobile", "+37129123456")], _person.Values(PointType.Phone));
        Assert.Equal([new ValueEntry("work", "Anna@example.org")], _person.Values(PointType.Email));
    }

    [Theory]
    [InlineData("anna@example.org", "anna@example.org", false)]
    [InlineData("mailto:anna@example.org", "anna@example.org", false)]
    [InlineData("anna", "anna", true)]
    [InlineData("anna@", "anna@", true)]
    [InlineData("a b@example.org", "a b@example.org", true)]
    [InlineData("<script>@example.org", "<script>@example.org", true)]
    public void An_email_address_is_read(string typed, string value, bool isDoubtful) => Reads(PointType.Email, typed, value, isDoubtful);

    [Theory]
    [InlineData("www.example.org", "https://www.example.org", false)]
    [InlineData("http://example.org/a?b=c", "http://example.org/a?b=c", false)]
    [InlineData("javascript:alert(1)", "javascript:alert(1)", true)]
    [InlineData("javascript://example.org/%0aalert(1)", "javascript://example.org/%0aalert(1)", true)]
    [InlineData("file:///etc/passwd", "file:///etc/passwd", true)]
    [InlineData("no page", "no page", true)]
    public void Only_pages_of_the_web_are_taken_as_such(string typed, string value, bool isDoubtful) => Reads(PointType.Web, typed, value, isDoubtful);

    [Theory]
    [InlineData("SenatorCantwell", "SenatorCantwell", false)]
    [InlineData("@SenatorCantwell", "SenatorCantwell", false)]
    [InlineData("https://twitter.com/SenatorCantwell", "SenatorCantwell", false)]
    [InlineData("https://x.com/SenatorCantwell?s=20", "https://x.com/SenatorCantwell?s=20", false)]
    [InlineData("@", "", true)]
    public void A_handle_is_one_however_it_is_written(string typed, string value, bool isDoubtful) => Reads(PointType.Handle, typed, value, isDoubtful);

    [Fact]
    public void A_value_that_is_too_long_is_refused_at_its_field()
    {
        var refused = Assert.Throws<RuleViolation>(() => _person.SetValues(PointType.Email, [new("work", new string('a', 10_000))], null));
        Assert.Contains("emails", refused.Errors.Keys);
    }

    [Fact]
    public void Only_a_number_without_country_is_noted_to_be_read_again()
    {
        _person.SetValues(PointType.Phone, [new("work", "67012345"), new("mobile", "+37129123456")], "LV");
        Assert.Equal([new PhoneTyped(_person.Id, _person.Points[0].Id)], _person.TakeFacts());
    }

    private void Reads(PointType type, string typed, string value, bool isDoubtful)
    {
        _person.SetValues(type, [new("work", typed)], null);
        Assert.Equal([new ValueEntry("work", value, isDoubtful)], _person.Values(type));
    }
}
