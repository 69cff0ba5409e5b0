using Crm.Abstractions.Records;
using Crm.Contacts.Addresses;
using Crm.Contacts.Organizations;
using Crm.Contacts.People;
using Crm.Contacts.Relationships;

namespace Crm.Contacts.Tests.People;

public sealed class PersonHeadersTests
{
    [Theory]
    [InlineData("person", "External ID,First Name,Middle Name,Last Name,Suffix,Nickname,Full Name,Birthday,Gender,Organization,Job Title,Department,Business Phone,Business Fax,Business Street,Web Page,Contact Form,Twitter,Member Since")]
    [InlineData("organization", "External ID,Name,Parent External ID,Web Page,Phone,Address,Description")]
    [InlineData("address", "External ID,Person External ID,Street,Suite,Building,City,State,Postal Code,Country,Phone,Fax,Hours,Latitude,Longitude")]
    [InlineData("relationship", "Organization External ID,Person External ID,Role,Rank")]
    public void Every_heading_of_a_real_file_means_one_field(string type, string headings)
    {
        foreach (var heading in headings.Split(','))
            Assert.Single(TypeOf(type).Fields, f => f.Headers.Contains(heading, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Department_beside_job_title_is_the_one_at_work_and_never_who_sees_the_record()
    {
        var field = Assert.Single(TypeOf("person").Fields, f => f.Headers.Contains("Department"));
        Assert.Equal("workDepartment", field.Name);
        Assert.Equal(FieldKind.Text, field.Kind);
    }

    private static RecordType TypeOf(string name) => name switch
    {
        "person" => new PersonRecord(Settings.Country(null), TimeProvider.System),
        "organization" => new OrganizationRecord(Settings.Country(null)),
        "address" => new AddressRecord(Settings.Country(null)),
        _ => new RelationshipRecord(),
    };
}
