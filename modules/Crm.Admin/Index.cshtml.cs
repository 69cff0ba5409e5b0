using System.Globalization;
using Crm.Abstractions.Modules;
using Crm.Abstractions.Security;
using Crm.Kernel.CustomFields;
using Crm.Kernel.Data;
using Crm.Kernel.Mail;
using Crm.Kernel.Modules;
using Crm.Kernel.Settings;
using Crm.Kernel.Users;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Admin;

/// <summary>The rooms of the administration that the reader may enter, each with its figure.</summary>
[Authorize]
internal sealed class IndexModel(
    KernelDb db, ModuleCatalog catalog, IModuleSwitches switches, SiteSettings site, IStringLocalizer<AdminText> text) : PageModel
{
    public List<Tile> Tiles { get; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var rights = await db.RightsAsync(ct);
        foreach (var room in AdminMenu.Rooms.Where(r => rights.May(r.Permission)))
        {
            var (figure, words) = await FigureAsync(room.Url, ct);
            Tiles.Add(new Tile(room.Text, room.Icon, room.Url, figure?.ToString("N0", CultureInfo.CurrentCulture), words));
        }

        return Tiles.Count == 0 ? Forbid() : Page();
    }

    private async Task<(int? Figure, string Words)> FigureAsync(string url, CancellationToken ct) => url switch
    {
        "/admin/users" => (await db.Set<User>().CountAsync(u => u.DisabledAt == null, ct), text["people who can sign in"]),
        "/admin/departments" => (await db.Set<Department>().CountAsync(ct), text["departments and branches"]),
        "/admin/roles" => (await db.Set<Role>().CountAsync(ct), text["roles and what they allow"]),
        "/admin/modules" => (catalog.Modules.Count(m => switches.IsOn(m.Id)), text["modules are on"]),
        "/admin/fields" => (await db.Set<CustomField>().CountAsync(f => f.RetiredAt == null, ct), text["fields of your own"]),
        "/admin/lists" => (null, text["The words that people choose from"]),
        "/admin/settings" => (null, site.Now.Name),
        "/admin/import" => (null, text["Bring files in, and take them back"]),
        "/admin/jobs" => (null, text["What the server does by itself"]),
        "/admin/mail" => (await db.Set<SentMail>().CountAsync(m => m.State >= MailState.Refused, ct) is > 0 and var open ? open : null, text["What went out, and what did not"]),
        "/acts" => (null, text["What was done to many at once, and Undo"]),
        "/admin/audit" => (null, text["Who changed what, and when"]),
        "/admin/why" => (null, text["Why somebody sees something, or not"]),
        _ => (null, ""),
    };

    /// <summary>A room with its figure.</summary>
    internal sealed record Tile(string Text, string Icon, string Url, string? Figure, string Words);
}
