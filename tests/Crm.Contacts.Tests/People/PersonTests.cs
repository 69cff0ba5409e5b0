using Crm.Abstractions.Records;
using Crm.Contacts.People;

namespace Crm.Contacts.Tests.People;

public sealed class PersonTests
{
    private static readonly PersonRecord _type = new(Settings.Country("LV"), TimeProvider.System);

    [Theory]
    [InlineData("Maria", null, "Cantwell", null, null, "Maria Cantwell", "Cantwell Maria")]
    [InlineData("Amy", "Jean", "Klobuchar", null, "Amy Klobuchar", "Amy Klobuchar", "Klobuchar Amy Jean")]
    [InlineData("Bernard", null, "Sanders", "Bernie", "Bernie Sanders", "Bernie Sanders", "Sanders Bernard")]
    [InlineData("Anna", "Maria", "Bērziņa", null, " ", "Anna Bērziņa", "Bērziņa Anna Maria")]
    [InlineData(null, null, null, "Pele", null, "Pele", "Pele")]
    [InlineData(null, null, null, null, "info@example.org", "info@example.org", "info@example.org")]
    [InlineData("  Anna ", null, " Kalniņa", null, null, "Anna Kalniņa", "Kalniņa Anna")]
    public void A_person_is_called_by_the_full_name_else_by_first_and_last(
        string? first, string? middle, string? last, string? nick, string? full, string title, string sort)
    {
        var person = Person.New();
        (person.FirstName, person.MiddleName, person.LastName, person.Nickname, person.FullName) = (first, middle, last, nick, full);
        Assert.Equal(title, _type.TitleOf(person));
        Assert.Equal(sort, _type.SortTitleOf(person));
    }

    [Fact]
    public void A_person_without_any_name_is_refused() =>
        Assert.Contains("lastName", Assert.Throws<RuleViolation>(() => _type.Check(Person.New())).Errors.Keys);

    [Fact]
    public void A_birthday_gives_the_year_of_birth()
    {
        var person = Named();
        person.Birthday = new DateOnly(1958, 10, 13);
        Assert.Equal(1958, person.BirthYear);
        _type.Check(person);
    }

    [Fact]
    public void A_year_of_birth_that_contradicts_the_birthday_is_refused()
    {
        var person = Named();
        person.Birthday = new DateOnly(1958, 10, 13);
        person.BirthYear = 1985;
        Assert.Contains("birthYear", Assert.Throws<RuleViolation>(() => _type.Check(person)).Errors.Keys);
    }

    [Theory]
    [InlineData(1200, 1, 1)]
    [InlineData(9999, 12, 31)]
    public void An_impossible_birthday_is_refused(int year, int month, int day)
    {
        var person = Named();
        person.Birthday = new DateOnly(year, month, day);
        Assert.Contains("birthday", Assert.Throws<RuleViolation>(() => _type.Check(person)).Errors.Keys);
    }

    [Fact]
    public void A_new_employer_is_noted_once()
    {
        var (person, first, second) = (Named(), Guid.CreateVersion7(), Guid.CreateVersion7());
        person.OrganizationId = first;
        person.OrganizationId = first;
        Assert.Equal([new EmployerChanged(person.Id, null, first)], person.TakeFacts());
        Assert.Empty(person.TakeFacts());
        person.OrganizationId = second;
        person.OrganizationId = null;
        Assert.Equal([new EmployerChanged(person.Id, first, second), new EmployerChanged(person.Id, second, null)], person.TakeFacts());
    }

    [Fact]
    public void Personal_details_ask_for_their_own_permission_and_stay_out_of_search()
    {
        var details = _type.Fields.Where(f => f.Group == "Personal").ToList();
        Assert.Contains(details, f => f.Name == "birthday");
        Assert.All(details, f => Assert.Equal(
            ("ViewPersonalDetails", "EditPersonalDetails", true, false), (f.ReadPermission, f.WritePermission, f.IsPersonal, f.IsSearchable)));
    }

    private static Person Named()
    {
        var person = Person.New();
        person.LastName = "Bērziņa";
        return person;
    }
}
