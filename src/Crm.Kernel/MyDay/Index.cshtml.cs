using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.RecordPages;
using Crm.Kernel.Security;
using Crm.Kernel.Users;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.MyDay;

/// <summary>Where everybody begins: the tiles of the modules, as he arranged them.</summary>
internal sealed class IndexModel(KernelDb db, KnownHere known, ArrangeDay day, RecentRecords records, IStringLocalizer<PageText> l) : PageModel
{
    public string Name { get; private set; } = "";

    public IReadOnlyList<PlacedTile> Tiles { get; private set; } = [];

    /// <summary>The tiles are being arranged.</summary>
    public bool IsArranged { get; private set; }

    /// <summary>Types of which the reader may add a first record, where he has none at all.</summary>
    public IReadOnlyList<RecordType> Makes { get; private set; } = [];

    public bool MayImport { get; private set; }

    public bool MayAdminister { get; private set; }

    public bool IsEmpty { get; private set; }

    /// <summary>The roles whose start page an administrator may make of this arrangement.</summary>
    public IReadOnlyList<SelectListItem> Roles { get; private set; } = [];

    public async Task OnGetAsync(bool arrange, CancellationToken ct)
    {
        var rights = await db.RightsAsync(ct);
        (Name, IsArranged) = (rights.Name, arrange);
        Tiles = await day.ReadAsync(ct);
        MayImport = rights.May(CorePermissions.ImportRecords.Name);
        MayAdminister = rights.May(CorePermissions.AdministerUsers.Name);
        var seen = records.Seen(rights).ToList();
        var names = seen.ConvertAll(t => t.Name);
        IsEmpty = !await known.SeesAsync(rights.UserId ?? Guid.Empty, async () => await (await db.VisibleRecordsAsync(names, ct)).AnyAsync(ct), ct);
        Makes = IsEmpty ? [.. seen.Where(t => rights.May(t.EditPermission)).Take(3)] : [];
        if (arrange && MayAdminister)
            Roles = await db.Set<Role>().AsNoTracking().OrderBy(r => r.Name).Select(r => new SelectListItem(l[r.Label], r.Id.ToString())).ToListAsync(ct);
    }

    /// <summary>Puts a tile to another place among those that are shown; what a drag says, and the two arrows.</summary>
    public Task<IActionResult> OnPostMoveAsync(string? id, int? index, int? by, CancellationToken ct) => ChangeAsync(id, (tiles, at) =>
    {
        var moved = tiles[at];
        var shown = tiles.Where(t => !t.IsHidden).ToList();
        var from = shown.IndexOf(moved);
        if (from < 0)
            return tiles;
        var to = Math.Clamp(index ?? from + (by ?? 0), 0, shown.Count - 1);
        shown.RemoveAt(from);
        shown.Insert(to, moved);
        return [.. shown, .. tiles.Where(t => t.IsHidden)];
    }, ct);

    public Task<IActionResult> OnPostWidthAsync(string? id, CancellationToken ct) =>
        ChangeAsync(id, (tiles, at) => Replaced(tiles, at, tiles[at] with { IsWide = !tiles[at].IsWide }), ct);

    public Task<IActionResult> OnPostHideAsync(string? id, CancellationToken ct) =>
        ChangeAsync(id, (tiles, at) => Replaced(tiles, at, tiles[at] with { IsHidden = true }), ct);

    public Task<IActionResult> OnPostShowAsync(string? id, CancellationToken ct) =>
        ChangeAsync(id, (tiles, at) => [.. tiles.Where((_, i) => i != at), tiles[at] with { IsHidden = false }], ct);

    public async Task<IActionResult> OnPostResetAsync(CancellationToken ct)
    {
        await day.ResetAsync(ct);
        TempData.Toast(l["As it was from the start"]);
        return LocalRedirect("/?arrange=true");
    }

    public async Task<IActionResult> OnPostRoleAsync(Guid role, CancellationToken ct)
    {
        try
        {
            await day.GiveToRoleAsync(role, ct);
            TempData.Toast(l["Everybody of this role who arranged nothing begins like this"]);
        }
        catch (RuleViolation wrong)
        {
            TempData.Toast(wrong.Said(l).First().Text);
        }

        return LocalRedirect("/?arrange=true");
    }

    private static List<PlacedTile> Replaced(List<PlacedTile> tiles, int at, PlacedTile tile)
    {
        tiles[at] = tile;
        return tiles;
    }

    private async Task<IActionResult> ChangeAsync(string? id, Func<List<PlacedTile>, int, IReadOnlyList<PlacedTile>> change, CancellationToken ct)
    {
        try
        {
            await day.ChangeAsync(id ?? "", change, ct);
        }
        catch (RuleViolation)
        {
            return NotFound();
        }

        return Request.Headers.ContainsKey("HX-Request") ? new NoContentResult() : LocalRedirect("/?arrange=true#" + Uri.EscapeDataString(id!));
    }
}
