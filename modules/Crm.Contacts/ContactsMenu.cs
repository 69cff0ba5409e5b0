using Crm.Abstractions.Navigation;

namespace Crm.Contacts;

/// <summary>The module's part of the menus.</summary>
internal sealed class ContactsMenu : INavigationProvider
{
    public IEnumerable<NavigationItem> Items =>
    [
        new("People", "users", "/contacts/people", ContactsPermissions.View, 'p'),
        new("Organisations", "building", "/contacts/organizations", ContactsPermissions.View, 'o'),
        new("All contacts", "address-book", "/contacts/contacts", ContactsPermissions.View),
        new("Person", "user-plus", "/contacts/people/new", ContactsPermissions.Edit) { Place = NavigationPlace.New },
        new("Organisation", "building-plus", "/contacts/organizations/new", ContactsPermissions.Edit) { Place = NavigationPlace.New },
    ];
}
