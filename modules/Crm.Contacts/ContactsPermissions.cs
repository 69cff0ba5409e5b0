using Crm.Abstractions.Security;

namespace Crm.Contacts;

/// <summary>What roles may do with people and organisations.</summary>
internal sealed class ContactsPermissions : IPermissionProvider
{
    public const string View = "ViewContacts";
    public const string Edit = "EditContacts";
    public const string ViewPersonal = "ViewPersonalDetails";
    public const string EditPersonal = "EditPersonalDetails";

    public static Permission ViewContacts { get; } = new(View, "See people and organisations", IsScoped: true);

    public static Permission EditContacts { get; } = new(Edit, "Add and change people and organisations", IsScoped: true);

    public static Permission DeleteContacts { get; } = new("DeleteContacts", "Put people and organisations into the bin", IsScoped: true);

    public static Permission ViewPersonalDetails { get; } = new(ViewPersonal, "See personal details: birthday, gender, family");

    public static Permission EditPersonalDetails { get; } = new(EditPersonal, "Change personal details");

    public static Permission DesignateContacts { get; } = new("DesignateContacts", "Name the only people who may contact a customer", IsScoped: true);

    public IEnumerable<Permission> Permissions =>
        [ViewContacts, EditContacts, DeleteContacts, ViewPersonalDetails, EditPersonalDetails, DesignateContacts];

    // A customer at the portal has none: what he sees there are the portal's own pages.
    public IEnumerable<RoleDefault> Defaults =>
    [
        new(ReadyRoles.Sales, ViewContacts, EditContacts, ViewPersonalDetails, EditPersonalDetails),
        new(ReadyRoles.Marketing, ViewContacts, EditContacts, ViewPersonalDetails),
        new(ReadyRoles.Service, ViewContacts, EditContacts),
        new(ReadyRoles.PeopleManager, ViewContacts, EditContacts, DeleteContacts, ViewPersonalDetails, EditPersonalDetails, DesignateContacts),
        new(ReadyRoles.DecisionMaker, ViewContacts),
        new(ReadyRoles.Analyst, ViewContacts, ViewPersonalDetails),
        new(ReadyRoles.Controller, ViewContacts),
        new(ReadyRoles.Administrator, [.. Permissions]),
    ];
}
