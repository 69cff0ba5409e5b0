using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Contacts.Contacts;
using Crm.Contacts.People;
using Crm.Contacts.Phones;
using Microsoft.EntityFrameworkCore;

namespace Crm.Contacts.Organizations;

/// <summary>An organisation as every door sees it.</summary>
internal sealed class OrganizationRecord(PhoneCountry country) : RecordType<Organization>
{
    public override Organization Create(Guid? about) => Organization.New();

    public override IReadOnlyList<NaturalKey<Organization>> NaturalKeys { get; } =
        [new("name", o => o.Name.Trim() is { Length: > 0 } name ? $"{o.Spine.Match}\n{name}" : null, ByNameAsync)];

    public override void Check(Organization record)
    {
        if (string.IsNullOrWhiteSpace(record.Name))
            throw new RuleViolation("name", "Give a name.");
        if (record.ParentId == record.Id)
            throw new RuleViolation("parent", "An organisation can't be a part of itself.");
        if (record.Employees < 0)
            throw new RuleViolation("employees", "Give a number from 0 up.");
    }

    public override Task<ILookup<Guid, string>> SearchTextsAsync(CrmDb db, IReadOnlyList<Guid> ids, CancellationToken ct) =>
        ContactTexts.ReadAsync(db, ids, ct);

    public override IQueryable<Guid> TimelineReach(CrmDb db, Guid id)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Set<Person>().AsNoTracking().Where(p => p.OrganizationId == id && p.Spine.DeletedAt == null).Select(p => p.Id);
    }

    // The folded name has an index; the name itself decides.
    private static async Task<ILookup<string, Guid>> ByNameAsync(CrmDb db, IReadOnlyCollection<string> keys, CancellationToken ct)
    {
        var folded = keys.Select(k => k.Split('\n')[0]).Distinct(StringComparer.Ordinal).ToList();
        var rows = await db.Set<Organization>().AsNoTracking()
            .Where(o => o.Spine.Kind == Organization.KindName && o.Spine.DeletedAt == null && folded.Contains(o.Spine.Match))
            .Select(o => new { o.Id, o.Name, o.Spine.Match }).ToListAsync(ct);
        return rows.ToLookup(o => $"{o.Match}\n{o.Name.Trim()}", o => o.Id, StringComparer.Ordinal);
    }

    protected override string Title(Organization record) => record.Name.Trim();

    protected override void Describe(RecordDescription<Organization> it)
    {
        const string Group = "Organisation";
        it.Named(Organization.KindName, "organizations", "contacts").Shown("Organisation", "Organisations", "building")
            .Allowed(ContactsPermissions.ViewContacts, ContactsPermissions.EditContacts, ContactsPermissions.DeleteContacts);
        it.Field(o => o.Name).Headers("Name", "Company", "Organization", "Account Name").Max(300).Required().Under(Group);
        it.Link(o => o.ParentId, "parent", Organization.KindName).Label("Part of").Headers("Parent External ID", "Parent", "Parent Organization")
            .Listed().KeyFact().Under(Group);
        it.Field(o => o.Industry).Headers("Industry").Searchable().Listed().Under(Group);
        it.Field(o => o.RegistrationNumber).Headers("Registration Number", "Registration No").Searchable().Under(Group);
        it.Field(o => o.Employees).Headers("Employees", "Number of Employees").Under(Group);
        it.Field(o => o.AddressLine, "address").Label("Address", "On one line; offices go into the box Addresses").Headers("Address").Max(300).Searchable().Under(Group);
        ContactFields.Reachable(it, country);
        ContactFields.Standing(it);
        ContactFields.Common(it);
    }
}
