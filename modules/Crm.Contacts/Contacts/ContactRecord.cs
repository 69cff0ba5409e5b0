using Crm.Abstractions.Records;
using Crm.Contacts.Organizations;
using Crm.Contacts.People;
using Crm.Contacts.Phones;

namespace Crm.Contacts.Contacts;

/// <summary>People and organisations in one list.</summary>
internal sealed class ContactRecord(PhoneCountry country) : RecordType<Contact>
{
    public override Contact Create(Guid? about) =>
        throw new RuleViolation("", "Add a person or an organisation.");

    protected override string Title(Contact record) => record.Spine.Title;

    protected override void Describe(RecordDescription<Contact> it)
    {
        it.Named("contact", "contacts", "contacts").Shown("Contact", "All contacts", "address-book")
            .Allowed(ContactsPermissions.ViewContacts, ContactsPermissions.EditContacts, ContactsPermissions.DeleteContacts)
            .Unites(Person.KindName, Organization.KindName);
        it.Computed("kind", FieldKind.OneOf, c => c.Spine.Kind).Label("Kind")
            .Options(new(Person.KindName, "Person"), new(Organization.KindName, "Organisation")).Listed();
        ContactFields.Reachable(it, country);
        ContactFields.Standing(it);
        ContactFields.Common(it);
    }
}
