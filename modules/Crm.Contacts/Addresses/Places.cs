using System.Linq.Expressions;
using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Contacts.Organizations;
using Crm.Contacts.People;

namespace Crm.Contacts.Addresses;

/// <summary>A part of a contact's first address, by which contacts are filtered and sorted, and which lists show.</summary>
internal abstract class Place : ContributedField<string?>
{
    public override FieldKind Kind => FieldKind.Text;

    public override string Permission => ContactsPermissions.View;

    public override IReadOnlyList<string> Kinds { get; } = [Person.KindName, Organization.KindName];

    protected static IQueryable<Address> Of(CrmDb db) => db.Set<Address>().Where(a => a.Spine.DeletedAt == null).OrderBy(a => a.Id);
}

/// <summary>The town: <c>city</c>.</summary>
internal sealed class City : Place
{
    public override string Name => "city";

    public override string Label => "City";

    protected override Expression<Func<Guid, string?>> Value(CrmDb db)
    {
        var all = Of(db);
        return id => all.Where(a => a.RecordId == id).Select(a => a.City).FirstOrDefault();
    }
}

/// <summary>The country: <c>country</c>.</summary>
internal sealed class Country : Place
{
    public override string Name => "country";

    public override string Label => "Country";

    protected override Expression<Func<Guid, string?>> Value(CrmDb db)
    {
        var all = Of(db);
        return id => all.Where(a => a.RecordId == id).Select(a => a.Country).FirstOrDefault();
    }
}
