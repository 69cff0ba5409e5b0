using Crm.Abstractions.Records;
using Crm.Contacts.Organizations;
using Crm.Contacts.People;
using Crm.Contacts.Phones;

namespace Crm.Contacts.Addresses;

/// <summary>An address as every door sees it.</summary>
internal sealed class AddressRecord(PhoneCountry country) : RecordType<Address>
{
    public static FieldOption[] Uses { get; } =
        [new("home", "Home"), new("work", "Work"), new("office", "Office"), new("delivery", "Delivery"), new("billing", "Billing"), new("other", "Other")];

    public override Address Create(Guid? about) => Address.Of(about);

    public override IReadOnlyList<NaturalKey<Address>> NaturalKeys { get; } = [AddressKey.Place];

    public override void Check(Address record)
    {
        if (record.RecordId == Guid.Empty)
            throw new RuleViolation("record", "Say whose address this is.");
        if (record.Line().Length == 0)
            throw new RuleViolation("street", "Give a street, a town or a country.");
        if (record.Latitude is < -90 or > 90)
            throw new RuleViolation("latitude", "A latitude is between -90 and 90.");
        if (record.Longitude is < -180 or > 180)
            throw new RuleViolation("longitude", "A longitude is between -180 and 180.");
        // The fields come in any order, and the site's country counts only where the address names none.
        record.ReadPhones(country.Site);
    }

    protected override void Describe(RecordDescription<Address> it)
    {
        it.Named(Address.KindName, "addresses", "contacts").Shown("Address", "Addresses", "map-pin")
            .Allowed(ContactsPermissions.ViewContacts, ContactsPermissions.EditContacts, ContactsPermissions.EditContacts)
            .HangsOnRecord(partOfRecord: true).OnlyOn(Person.KindName, Organization.KindName).WithoutPages();
        it.Link(a => a.RecordId, "record", Person.KindName, Organization.KindName).Label("Contact")
            .Headers("Person External ID", "Organization External ID").Required().Listed();
        it.OneOf(a => a.Kind, Uses).Headers("Kind", "Address Type").Listed();
        it.Field(a => a.Street).Headers("Street").Personal().Listed();
        it.Field(a => a.Suite).Headers("Suite").Personal();
        it.Field(a => a.Building).Headers("Building").Personal();
        it.Field(a => a.City).Headers("City").Personal().Listed().Sortable();
        it.Field(a => a.Region).Label("State or region").Headers("State", "Region", "Province").Personal();
        it.Field(a => a.PostalCode).Headers("Postal Code", "ZIP", "ZIP Code", "Postcode").Personal();
        it.Field(a => a.Country).Headers("Country", "Country/Region").Personal().Listed();
        it.Field(a => a.Phone).Headers("Phone").Input("tel").ShownAs(PhoneNumbers.Show).Personal().Listed();
        it.Field(a => a.Fax).Headers("Fax").Input("tel").ShownAs(PhoneNumbers.Show).Personal();
        it.Field(a => a.Hours).Headers("Hours", "Opening Hours");
        it.Field(a => a.Latitude).Headers("Latitude").Forgiving().Personal();
        it.Field(a => a.Longitude).Headers("Longitude").Forgiving().Personal();
    }

    protected override string Title(Address record) => record.Line();
}
