using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Settings;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Users;

/// <summary>Users and departments as modules may know them.</summary>
internal sealed class Staff(KernelDb db, SiteSettings site) : IStaff
{
    // A tree this deep is a ring that somebody made by hand.
    private const int MaxDepth = 50;

    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IReadOnlyCollection<Guid> users, CancellationToken ct) =>
        await db.Known.NamesAsync(users, ct);

    public async Task<IReadOnlyList<StaffMember>> ActiveAsync(CancellationToken ct) =>
        await db.Set<User>().AsNoTracking().Where(u => u.DisabledAt == null).OrderBy(u => u.Name).ThenBy(u => u.Id)
            .Select(u => new StaffMember(u.Id, u.Name)).ToListAsync(ct);

    public async Task<TimeZoneInfo> ZoneOfAsync(Guid? user, CancellationToken ct)
    {
        var chosen = user is null ? null : await db.Set<User>().AsNoTracking().Where(u => u.Id == user).Select(u => u.TimeZone).FirstOrDefaultAsync(ct);
        return Zones.Of(chosen ?? "", site.Now.TimeZone);
    }

    public async Task<string?> CountryOfAsync(Guid department, CancellationToken ct)
    {
        Guid? next = department;
        for (var depth = 0; next is { } id && depth < MaxDepth; depth++)
        {
            var row = await db.Set<Department>().AsNoTracking().Where(d => d.Id == id).Select(d => new { d.Country, d.ParentId }).FirstOrDefaultAsync(ct);
            if (row is { Country.Length: > 0 })
                return row.Country;
            next = row?.ParentId;
        }

        return null;
    }

    public async Task<IReadOnlyList<StaffPlace>> PlacesAsync(IReadOnlyCollection<Guid> users, CancellationToken ct)
    {
        var rows = await db.Set<User>().AsNoTracking().Where(u => users.Contains(u.Id)).Select(u => new { u.Id, u.Name, u.Email, u.DepartmentId, u.TimeZone }).ToListAsync(ct);
        return rows.ConvertAll(u => new StaffPlace(u.Id, u.Name, u.Email, u.DepartmentId, Zones.Of(u.TimeZone, site.Now.TimeZone)));
    }

    public async Task<IReadOnlyList<StaffDepartment>> DepartmentsAsync(CancellationToken ct) =>
        await db.Set<Department>().AsNoTracking().OrderBy(d => d.Name).ThenBy(d => d.Id).Select(d => new StaffDepartment(d.Id, d.Name, d.ParentId)).ToListAsync(ct);
}
