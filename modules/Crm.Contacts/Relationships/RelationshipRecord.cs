using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Contacts.Organizations;
using Crm.Contacts.People;
using Microsoft.EntityFrameworkCore;

namespace Crm.Contacts.Relationships;

/// <summary>A relationship as every door sees it.</summary>
internal sealed class RelationshipRecord : RecordType<Relationship>
{
    private static readonly string[] _ends = [Person.KindName, Organization.KindName];

    public override Relationship Create(Guid? about) => Relationship.New(about);

    public override IReadOnlyList<NaturalKey<Relationship>> NaturalKeys { get; } =
    [
        new("ends", r => Key(r.FromId, r.ToId, r.Type, r.Role), FindByEndsAsync),
    ];

    public override void Check(Relationship record)
    {
        if (record.FromId == Guid.Empty)
            throw new RuleViolation("from", "Say whose relationship this is.");
        if (record.ToId == Guid.Empty)
            throw new RuleViolation("to", "Say to whom this relationship is.");
        if (record.FromId == record.ToId)
            throw new RuleViolation("to", "A relationship has two different ends.");
        if (record.Until < record.Since)
            throw new RuleViolation("until", "It can't end before it begins.");
    }

    protected override void Describe(RecordDescription<Relationship> it)
    {
        it.Named(Relationship.KindName, "relationships", "contacts").Shown("Relationship", "Relationships", "affiliate")
            .Allowed(ContactsPermissions.ViewContacts, ContactsPermissions.EditContacts, ContactsPermissions.EditContacts)
            .HangsOnRecord(partOfRecord: true).WithoutPages();
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

    private static string Key(Guid from, Guid to, string type, string role) => $"{from:N} {to:N} {type} {role}";

    private static async Task<ILookup<string, Guid>> FindByEndsAsync(CrmDb db, IReadOnlyCollection<string> keys, CancellationToken ct)
    {
        var from = keys.Select(k => Guid.ParseExact(k.AsSpan(0, 32), "N")).Distinct().ToList();
        var to = keys.Select(k => Guid.ParseExact(k.AsSpan(33, 32), "N")).Distinct().ToList();
        var rows = await db.Set<Relationship>().AsNoTracking().Where(r => from.Contains(r.FromId) && to.Contains(r.ToId))
            .Select(r => new { r.Id, r.FromId, r.ToId, r.Type, r.Role }).ToListAsync(ct);
        return rows.ToLookup(r => Key(r.FromId, r.ToId, r.Type, r.Role), r => r.Id, StringComparer.Ordinal);
    }
}
