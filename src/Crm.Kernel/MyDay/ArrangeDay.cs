using Crm.Abstractions.Pages;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.Security;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.MyDay;

/// <summary>A tile as its reader has it.</summary>
internal sealed record PlacedTile(Widget Widget, bool IsWide, bool IsHidden);

/// <summary>The tiles of My day in the reader's own arrangement, else in his role's, else as the modules come.</summary>
internal sealed class ArrangeDay(KernelDb db, KnownHere known, Contributions contributions)
{
    /// <summary>All tiles that the reader may have, put-away ones included.</summary>
    public async Task<IReadOnlyList<PlacedTile>> ReadAsync(CancellationToken ct)
    {
        var rights = await db.RightsAsync(ct);
        // What is to be done comes before what was done: the kernel's own tiles stand last.
        var widgets = contributions.Of<Widget>(rights).Where(w => w.Permission.Length == 0 || rights.May(w.Permission)).OrderBy(w => w.GetType().Assembly == GetType().Assembly).ToList();
        var roles = await known.RolesAsync(rights.UserId ?? Guid.Empty, ct);
        var plan = await PlanAsync(rights, roles, ct);
        var names = roles.Select(r => r.Name).ToHashSet(StringComparer.Ordinal);
        var placed = plan.Select(t => (Tile: t, Widget: widgets.Find(w => w.Name == t.Name))).Where(t => t.Widget is not null)
            .Select(t => new PlacedTile(t.Widget!, t.Tile.IsWide, t.Tile.IsHidden)).ToList();
        // What came with a later version stands at the end, for those whom it is meant for.
        placed.AddRange(widgets.Where(w => !placed.Exists(p => p.Widget == w)).Select(w => new PlacedTile(w, w.IsWide, w.Roles.Count > 0 && !w.Roles.Any(names.Contains))));
        return placed;
    }

    /// <summary>Keeps the reader's own arrangement after a change to it.</summary>
    /// <param name="name">The tile that is changed.</param>
    /// <param name="change">From the tiles, and the place of the changed one, to the tiles.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="RuleViolation">There is no such tile.</exception>
    public async Task ChangeAsync(string name, Func<List<PlacedTile>, int, IReadOnlyList<PlacedTile>> change, CancellationToken ct)
    {
        var tiles = (await ReadAsync(ct)).ToList();
        var at = tiles.FindIndex(t => t.Widget.Name == name);
        if (at < 0 || (await db.RightsAsync(ct)).UserId is not { } me)
            throw new RuleViolation("", "This tile is not yours to place.");
        await SaveAsync(me, change(tiles, at), ct);
    }

    /// <summary>Forgets the reader's own arrangement.</summary>
    public async Task ResetAsync(CancellationToken ct)
    {
        var me = (await db.RightsAsync(ct)).UserId;
        db.RemoveRange(await db.Set<DayPlan>().Where(p => p.OwnerId == me).ToListAsync(ct));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Makes the reader's arrangement the start page of a role.</summary>
    /// <exception cref="NotAllowed">He may not administer roles.</exception>
    /// <exception cref="RuleViolation">There is no such role.</exception>
    public async Task GiveToRoleAsync(Guid role, CancellationToken ct)
    {
        if (!(await db.RightsAsync(ct)).May(CorePermissions.AdministerUsers.Name))
            throw new NotAllowed();
        if (!await db.Set<Role>().AnyAsync(r => r.Id == role, ct))
            throw new RuleViolation("role", "Choose a role from the list.");
        await SaveAsync(role, await ReadAsync(ct), ct);
    }

    private async Task<IReadOnlyList<DayTile>> PlanAsync(Rights rights, IReadOnlyList<HeldRole> roles, CancellationToken ct)
    {
        var owners = roles.Select(r => r.Id).Prepend(rights.UserId ?? Guid.Empty).ToList();
        var plans = await db.Set<DayPlan>().AsNoTracking().Where(p => owners.Contains(p.OwnerId)).ToDictionaryAsync(p => p.OwnerId, ct);
        // His own, else that of the first of his roles that has one.
        return owners.Select(plans.GetValueOrDefault).OfType<DayPlan>().FirstOrDefault()?.Read() ?? [];
    }

    private async Task SaveAsync(Guid owner, IEnumerable<PlacedTile> tiles, CancellationToken ct)
    {
        if (await db.Set<DayPlan>().FindAsync([owner], ct) is not { } plan)
            db.Add(plan = new DayPlan { OwnerId = owner });
        plan.Write([.. tiles.Select(t => new DayTile(t.Widget.Name, t.IsWide, t.IsHidden))]);
        await db.SaveChangesAsync(ct);
    }
}
