using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.RecordPages;

/// <summary>What ids are called: users, departments, and records as far as the reader may see them.</summary>
internal sealed class RecordNames(KernelDb db)
{
    public async Task<IReadOnlyDictionary<Guid, string>> OfAsync(IEnumerable<Guid> ids, CancellationToken ct)
    {
        var asked = ids.Distinct().Take(500).ToList();
        if (asked.Count == 0)
            return new Dictionary<Guid, string>();
        var names = await UsersAsync(asked, ct);
        foreach (var department in await db.Set<Department>().AsNoTracking().Where(d => asked.Contains(d.Id)).ToListAsync(ct))
            names[department.Id] = department.Name;
        var rest = asked.Where(id => !names.ContainsKey(id)).ToList();
        if (rest.Count == 0)
            return names;
        var visible = await db.VisibleAmongAsync(rest, ct);
        foreach (var record in await visible.AsNoTracking().Select(r => new { r.Id, r.Title }).ToListAsync(ct))
            names[record.Id] = record.Title;
        return names;
    }

    public async Task<Dictionary<Guid, string>> UsersAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await db.Set<User>().AsNoTracking().Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, ct);
}
