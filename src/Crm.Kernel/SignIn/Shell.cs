using Crm.Abstractions.Navigation;
using Crm.Abstractions.Security;
using Crm.Kernel.Modules;
using Crm.Kernel.Settings;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.SignIn;

/// <summary>Fills the frame around every page: who is signed in, and the menus as his departments and roles have them.</summary>
internal sealed class Shell(SiteSettings site, Contributions contributions, IStringLocalizerFactory texts) : IShell
{
    public string SiteName => site.Now.Name;

    public async ValueTask<ShellContent> ContentAsync(HttpContext http)
    {
        if (http.RequestServices.GetRequiredService<SignedIn>().Person is not { } person)
            return ShellContent.Anonymous;
        var rights = await http.RequestServices.GetRequiredService<ICurrentUser>().RightsAsync(http.RequestAborted);
        var items = Items(rights).ToList();
        var path = http.Request.Path;
        // Modules stand in the order of their names; the administration, where few go, after all of them.
        var menu = items.Where(i => i.Item.Place == NavigationPlace.Main).OrderBy(i => i.Item.Url == "/admin")
            .Select(i => new ShellMenuItem(i.Text, i.Item.Icon, http.Request.PathBase + i.Item.Url, IsActive(path, i.Item.Url), i.Item.Key)).ToList();
        List<ShellMenuGroup> groups = [new(null, menu)];
        if (path.StartsWithSegments("/admin", StringComparison.OrdinalIgnoreCase))
        {
            var admin = items.Where(i => i.Item.Place == NavigationPlace.Admin)
                .Select(i => new ShellMenuItem(i.Text, i.Item.Icon, http.Request.PathBase + i.Item.Url, IsActive(path, i.Item.Url))).ToList();
            if (admin.Count > 0)
                groups.Add(new(texts.Create(typeof(SignInText))["Administration"], admin));
        }

        var made = items.Where(i => i.Item.Place == NavigationPlace.New)
            .Select(i => new ShellNewItem(i.Text, i.Item.Icon, http.Request.PathBase + i.Item.Url, i.Item.Key)).ToList();
        var theme = Enum.TryParse<ShellTheme>(person.Theme, ignoreCase: true, out var chosen) ? chosen : ShellTheme.Auto;
        return new ShellContent(new ShellUser(person.Name, "", person.Email, theme), groups.Where(g => g.Items.Count > 0).ToList(), made)
        {
            ThemeUrl = http.Request.PathBase + "/profile/theme",
        };
    }

    private static bool IsActive(PathString path, string url) =>
        url == "/" ? path == "/" : path.StartsWithSegments(url, StringComparison.OrdinalIgnoreCase);

    // Each text is its module's own.
    private IEnumerable<(NavigationItem Item, string Text)> Items(Rights rights) =>
        from provider in contributions.Of<INavigationProvider>(rights)
        let text = texts.Create(provider.GetType())
        from item in provider.Items
        where rights.May(item.Permission) || item.OrPermissions.Any(rights.May)
        select (item, text[item.Text].Value);
}
