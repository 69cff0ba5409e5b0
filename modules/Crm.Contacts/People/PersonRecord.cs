using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Contacts.Contacts;
using Crm.Contacts.Organizations;
using Crm.Contacts.Phones;

namespace Crm.Contacts.People;

/// <summary>A person as every door sees it.</summary>
internal sealed class PersonRecord(PhoneCountry country, TimeProvider clock) : RecordType<Person>
{
    private const int EarliestBirth = 1850;

    public override Person Create(Guid? about) => Person.New();

    public override IReadOnlyList<NaturalKey<Person>> NaturalKeys { get; } = [PersonKeys.Email, PersonKeys.Phone, PersonKeys.Name];

    public override void Check(Person record)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (record.Title().Length == 0)
            throw new RuleViolation("lastName", "Give at least one name.");
        // Somewhere it is tomorrow already.
        if (record.Birthday > today.AddDays(1) || record.Birthday?.Year < EarliestBirth)
            throw new RuleViolation("birthday", "This can't be a birthday.");
        if (record.BirthYear < EarliestBirth || record.BirthYear > today.Year + 1)
            throw new RuleViolation("birthYear", "This can't be a year of birth.");
        if (record.Birthday is { } day && record.BirthYear != day.Year)
            throw new RuleViolation("birthYear", "The year of birth differs from the birthday.");
        if (record.HouseholdSize is < 1 or > 100)
            throw new RuleViolation("householdSize", "A household has 1 to 100 people.");
        if (record.Children is < 0 or > 50)
            throw new RuleViolation("children", "Give a number from 0 to 50.");
    }

    public override Task<ILookup<Guid, string>> SearchTextsAsync(CrmDb db, IReadOnlyList<Guid> ids, CancellationToken ct) =>
        ContactTexts.ReadAsync(db, ids, ct);

    protected override string Title(Person record) => record.Title();

    protected override string SortTitle(Person record) => record.SortTitle();

    protected override void Describe(RecordDescription<Person> it)
    {
        it.Named(Person.KindName, "people", "contacts").Shown("Person", "People", "user")
            .Allowed(ContactsPermissions.ViewContacts, ContactsPermissions.EditContacts, ContactsPermissions.DeleteContacts);
        Names(it);
        Work(it);
        ContactFields.Reachable(it, country);
        ContactFields.Standing(it);
        ContactFields.Common(it);
        it.Field(p => p.Language).Label("Language", "In which the person likes to be addressed").Headers("Language").Max(35).Personal().Under("About");
        it.Field(p => p.MemberSince).Headers("Member Since").Sortable().Under("About");
        Details(it);
    }

    private static void Names(RecordDescription<Person> it)
    {
        const string Group = "Name";
        it.Field(p => p.FirstName).Headers("First Name", "Given Name").Max(100).Searchable().Personal().Under(Group);
        it.Field(p => p.MiddleName).Headers("Middle Name").Max(100).Searchable().Personal().Under(Group);
        it.Field(p => p.LastName).Headers("Last Name", "Surname", "Family Name").Max(100).Searchable().Personal().Under(Group);
        it.Field(p => p.Suffix).Headers("Suffix").Max(30).Personal().Under(Group);
        it.Field(p => p.Nickname).Headers("Nickname").Max(100).Searchable().Personal().Under(Group);
        it.Field(p => p.FullName).Label("Full name", "Where it isn't first and last name").Headers("Full Name", "Display Name", "Name").Personal().Under(Group);
    }

    private static void Work(RecordDescription<Person> it)
    {
        const string Group = "Work";
        it.Link(p => p.OrganizationId, "organization", Organization.KindName).Label("Organisation").Headers("Organization", "Organisation", "Company")
            .MakesMissing().Listed().KeyFact().Under(Group);
        it.Field(p => p.JobTitle).Headers("Job Title", "Title").Searchable().Personal().Listed().Under(Group);
        it.Field(p => p.WorkDepartment).Label("Department").Headers("Department").Searchable().Personal().Under(Group);
        it.Field(p => p.BusinessStreet).Label("Business address").Headers("Business Street", "Business Address").Max(300).Searchable().Personal().Under(Group);
    }

    private static void Details(RecordDescription<Person> it)
    {
        Detail(it.Field(p => p.Birthday).Headers("Birthday", "Date of Birth"));
        Detail(it.Field(p => p.BirthYear).Label("Year of birth").Headers("Birth Year"));
        Detail(it.OneOf(p => p.Gender, new("F", "Female"), new("M", "Male"), new("X", "Other")).Headers("Gender", "Sex"));
        Detail(it.OneOf(
            p => p.MaritalStatus, new("single", "Single"), new("married", "Married"), new("partnership", "In a partnership"), new("divorced", "Divorced"), new("widowed", "Widowed"))
            .Headers("Marital Status"));
        Detail(it.Field(p => p.HouseholdSize).Label("People in the household").Headers("Household Size"));
        Detail(it.Field(p => p.Children).Headers("Children"));
        Detail(it.Field(p => p.Education).Headers("Education"));
    }

    // Not searchable: the search document is one for all readers, and these are for some.
    private static void Detail(FieldBuilder<Person> field) =>
        field.Personal().Allowed(ContactsPermissions.ViewPersonal, ContactsPermissions.EditPersonal).Under("Personal");
}
