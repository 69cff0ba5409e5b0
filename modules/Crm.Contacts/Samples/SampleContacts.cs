using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Contacts.Addresses;
using Crm.Contacts.Contacts;
using Crm.Contacts.Organizations;
using Crm.Contacts.People;
using Crm.Contacts.Relationships;

namespace Crm.Contacts.Samples;

/// <summary>The customers of the sample company, with what hangs on them.</summary>
internal sealed class SampleContacts : ISample
{
    // Hosts that the standard keeps free for examples, so that no mail reaches anybody.
    private const string PrivateMail = "mail.example";

    public async Task AddAsync(CrmDb db, SampleCompany company, CancellationToken ct)
    {
        var organizations = SampleRows.Organizations.Select(row => Of(row, company)).ToList();
        db.AddRange(organizations);
        await db.SaveChangesAsync(ct);
        foreach (var (row, organization) in SampleRows.Organizations.Zip(organizations).Where(o => o.First.Parent is not null))
            organization.ParentId = organizations[row.Parent!.Value].Id;
        var people = SampleRows.People.Select(row => Of(row, company, organizations)).ToList();
        db.AddRange(people);
        // Who works where follows from the people.
        await db.SaveChangesAsync(ct);
        db.AddRange(SampleRows.Organizations.Zip(organizations, (row, o) => Office(o, row)));
        db.AddRange(SampleRows.People.Zip(people).Where(p => p.First.Home.Length > 0).Select(p => Home(p.Second, p.First.Home)));
        db.AddRange(SampleRows.Between.Select(b => Relationship.Between(people[b.From].Id, people[b.To].Id, b.Type)));
        await db.SaveChangesAsync(ct);
    }

    private static Organization Of(SampleOrganization row, SampleCompany company)
    {
        var organization = Organization.New();
        (organization.Name, organization.Industry, organization.Employees) = (row.Name, row.Industry, row.Employees);
        organization.AddressLine = $"{row.Street}, {row.PostalCode} {row.City}";
        (organization.Status, organization.Classification) = (row.Status, row.Classification);
        organization.SetWords(ContactTag.KindList, row.Kinds);
        Reach(organization, "main", row.Phone, $"info@{row.Domain}");
        organization.SetValues(PointType.Web, [new ValueEntry("work", $"https://{row.Domain}")], null);
        organization.Spine.OwnerId = company.Users[row.Owner];
        return organization;
    }

    private static Person Of(SamplePerson row, SampleCompany company, List<Organization> organizations)
    {
        var person = Person.New();
        (person.FirstName, person.LastName, person.FullName) = (row.First, row.Last, row.FullName);
        (person.JobTitle, person.Language) = (row.Title.Length > 0 ? row.Title : null, row.Language);
        (person.Status, person.Classification, person.SpecialNeeds) = (row.Status, row.Classification, row.SpecialNeeds);
        person.SetWords(ContactTag.Free, row.Tags);
        if (row.Birthday is { } day)
            person.Birthday = day;
        if (row.Employer is { } employer)
            person.OrganizationId = organizations[employer].Id;
        Reach(person, "mobile", row.Phone, $"{row.Email}@{(row.Employer is { } at ? SampleRows.Organizations[at].Domain : PrivateMail)}");
        person.Spine.OwnerId = company.Users[row.Owner];
        return person;
    }

    private static void Reach(Contact contact, string kind, string phone, string email)
    {
        contact.SetValues(PointType.Phone, [new ValueEntry(kind, phone)], null);
        contact.SetValues(PointType.Email, [new ValueEntry("work", email)], null);
    }

    private static Address Office(Organization organization, SampleOrganization row) =>
        Placed(organization.Id, "office", row.Street, row.PostalCode, row.City, row.Country);

    private static Address Home(Person person, string[] home) => Placed(person.Id, "home", home[0], home[1], home[2], home[3]);

    private static Address Placed(Guid contact, string kind, string street, string postalCode, string city, string country)
    {
        var address = Address.Of(contact);
        (address.Kind, address.Street, address.PostalCode, address.City, address.Country) = (kind, street, postalCode, city, country);
        return address;
    }
}
