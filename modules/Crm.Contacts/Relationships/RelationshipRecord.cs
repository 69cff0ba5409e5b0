using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Contacts.Organizations;
using Crm.Contacts.People;

namespace Crm.Contacts.Relationships;

/// <summary>A relationship as every door sees it.</summary>
internal sealed class RelationshipRecord : RecordType<Relationship>
{
    private static readonly string[] _ends = [Person.KindName, Organization.KindName];

    public override Relationship Create(Guid? about) => Relationship.New(about);

    public override IReadOnlyList<NaturalKey<Relationship>> NaturalKeys { get; } = [RelationshipKey.Ends];

    public override void Check(Relationship record) => record.Check();

    protected override void Describe(RecordDescription<Relationship> it)
    {
        it.Named(Relationship.KindName, "relationships", "contacts").Shown("Relationship", "Relationships", "affiliate")
            .Allowed(ContactsPermissions.ViewContacts, ContactsPermissions.EditContacts, ContactsPermissions.EditContacts)
            .HangsOnRecord(partOfRecord: true).OnlyOn(_ends).WithoutPages();
        it.Link(r => r.FromId, "from", _ends).Headers("Person External ID", "From").Required().Listed();
        it.OneOf(r => r.Type, RelationshipTypes.Options).Headers("Type", "Relationship").Listed();
        it.Link(r => r.ToId, "to", _ends).Headers("Organization External ID", "To").Required().Listed();
        it.Field(r => r.Role).Headers("Role").Max(100).Listed();
        it.Field(r => r.Rank).Headers("Rank").Listed();
        it.Field(r => r.Since).Headers("Since", "Start Date");
        it.Field(r => r.Until).Headers("Until", "End Date");
    }

    protected override string Title(Relationship record) =>
        record.Role.Length > 0 ? record.Role : RelationshipTypes.Of(record.Type).Forward;
}
