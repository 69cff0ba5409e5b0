using Crm.Abstractions.Data;

namespace Crm.Contacts;

/// <summary>The module's schema, step by step.</summary>
internal sealed class ContactsMigrations : DataMigration
{
    private const string Contact = "contacts_contact";

    protected override void Build()
    {
        Step("contacts", Contacts);
        Step("parts", Parts);
        Step("addresses", Addresses);
        Step("relationships", Relationships);
        Step("consents", Consents);
        Step("keys outside the bin", Keys);
        Step("relationships of a contact", FromWhom);
        Step("turns of the hierarchy", Organizations.HierarchyTurnMapping.Schema);
    }

    private static void Contacts(SchemaChange change)
    {
        change.Table(Contact, t =>
        {
            t.Record();
            t.Text("kind");
            foreach (var name in (string[])["status", "classification", "special_needs", "description"])
                t.Text(name, nullable: true);
            // A person's.
            foreach (var name in (string[])["first_name", "middle_name", "last_name", "suffix", "nickname", "full_name", "job_title", "work_department", "business_street"])
                t.Text(name, nullable: true);
            t.Reference("organization_id", nullable: true);
            t.Date("member_since", nullable: true);
            t.Date("birthday", nullable: true);
            t.Small("birth_year", nullable: true);
            foreach (var name in (string[])["gender", "language", "marital_status", "education"])
                t.Text(name, nullable: true);
            t.Small("household_size", nullable: true);
            t.Small("children", nullable: true);
            // An organisation's.
            foreach (var name in (string[])["name", "address_line", "industry", "registration_number"])
                t.Text(name, nullable: true);
            t.Reference("parent_id", nullable: true);
            t.Small("employees", nullable: true);
        });
        change.Index(Contact, ["organization_id"]);
        change.Index(Contact, ["parent_id"]);
    }

    private static void Parts(SchemaChange change)
    {
        change.Table("contacts_point", t =>
        {
            t.Key();
            t.Reference("record_id", Contact, cascade: true);
            t.Small("type");
            t.Text("kind");
            t.Text("value");
            t.Text("typed");
            t.Text("normalized");
            t.YesNo("is_doubtful");
            t.Small("position");
        });
        change.Index("contacts_point", ["record_id"]);
        change.Index("contacts_point", ["type", "normalized"]);
        change.Table("contacts_tag", t =>
        {
            t.Reference("record_id", Contact, cascade: true);
            t.Text("list");
            t.Text("word");
            t.PrimaryKey("record_id", "list", "word");
        });
        change.Index("contacts_tag", ["list", "word"]);
        change.Table("contacts_designated", t =>
        {
            t.Reference("record_id", Contact, cascade: true);
            t.Id("user_id");
            t.PrimaryKey("record_id", "user_id");
        });
        change.Index("contacts_designated", ["user_id"]);
    }

    private static void Addresses(SchemaChange change)
    {
        change.Table("contacts_address", t =>
        {
            t.Record();
            t.Reference("record_id");
            foreach (var name in (string[])["kind", "street", "suite", "building", "city", "region", "postal_code", "country", "phone", "fax", "hours"])
                t.Text(name, nullable: true);
            t.Real("latitude", nullable: true);
            t.Real("longitude", nullable: true);
        });
        change.Index("contacts_address", ["record_id"]);
    }

    private static void Relationships(SchemaChange change)
    {
        change.Table("contacts_relationship", t =>
        {
            t.Record();
            t.Reference("from_id");
            t.Reference("to_id");
            t.Text("type");
            t.Text("role");
            t.Small("rank", nullable: true);
            t.Date("since", nullable: true);
            t.Date("until", nullable: true);
        });
        change.Index("contacts_relationship", ["from_id", "to_id", "type", "role"], unique: true);
        change.Index("contacts_relationship", ["to_id"]);
    }

    private static void Consents(SchemaChange change)
    {
        change.Table("contacts_consent", t =>
        {
            t.Record();
            t.Reference("record_id", Contact);
            t.Text("channel");
            t.Text("state");
            t.Text("source");
            t.Instant("at");
        });
        change.Index("contacts_consent", ["record_id"]);
    }

    // The same relationship may be made again while an earlier one lies in the bin.
    private static void Keys(SchemaChange change)
    {
        const string Relationship = "contacts_relationship";
        const string Drop = "DROP INDEX \"IX_contacts_relationship_from_id_to_id_type_role\"";
        const string Fill = "UPDATE contacts_relationship SET binned_at = (SELECT r.deleted_at FROM core_record r WHERE r.id = contacts_relationship.id)";
        change.Columns(Relationship, t => t.Instant("binned_at", nullable: true));
        change.Sql(Fill, Fill);
        change.Sql(Drop, Drop);
        change.Index(Relationship, ["from_id", "to_id", "type", "role"], unique: true, where: "binned_at IS NULL");
    }

    // The key counts live rows only: by itself it finds nobody's relationships.
    private static void FromWhom(SchemaChange change) => change.Index("contacts_relationship", ["from_id"]);
}
