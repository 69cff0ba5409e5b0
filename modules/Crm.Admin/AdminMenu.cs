using Crm.Abstractions.Navigation;
using Crm.Abstractions.Security;

namespace Crm.Admin;

/// <summary>The way to the administration, and its own menu.</summary>
internal sealed class AdminMenu : INavigationProvider
{
    public IEnumerable<NavigationItem> Items =>
    [
        new("Administration", "settings", "/admin", CorePermissions.AdministerSite.Name) { OrPermissions = [CorePermissions.AdministerUsers.Name, CorePermissions.ViewAudit.Name] },
        .. Rooms,
    ];

    /// <summary>The rooms of the administration, as menu and overview show them.</summary>
    public static IReadOnlyList<NavigationItem> Rooms { get; } =
    [
        Room("Users", "users", "/admin/users", CorePermissions.AdministerUsers),
        Room("Departments", "sitemap", "/admin/departments", CorePermissions.AdministerUsers),
        Room("Roles", "shield-lock", "/admin/roles", CorePermissions.AdministerUsers),
        Room("Modules", "apps", "/admin/modules", CorePermissions.AdministerSite),
        Room("Fields", "forms", "/admin/fields", CorePermissions.AdministerSite),
        Room("Lists", "list-check", "/admin/lists", CorePermissions.AdministerSite),
        Room("Settings", "adjustments", "/admin/settings", CorePermissions.AdministerSite),
        Room("Jobs", "clock-play", "/admin/jobs", CorePermissions.AdministerSite),
        Room("Sent mail", "mail-forward", "/admin/mail", CorePermissions.AdministerSite),
        Room("Import a file", "upload", "/admin/import", CorePermissions.ImportRecords),
        Room("Bulk acts", "stack-2", "/acts", CorePermissions.AdministerSite),
        Room("Audit", "history", "/admin/audit", CorePermissions.ViewAudit),
        Room("Who sees what", "eye-question", "/admin/why", CorePermissions.AdministerUsers),
    ];

    private static NavigationItem Room(string text, string icon, string url, Permission permission) =>
        new(text, icon, url, permission.Name) { Place = NavigationPlace.Admin };
}
