using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Records;

/// <summary>Names what fields point to, in batches; a record that the reader may not see stays nameless.</summary>
internal sealed class LinkNames(KernelDb db, RecordTypes types)
{
    public async Task<Dictionary<Guid, LinkView>> OfAsync(FieldKind kind, IEnumerable<Guid> ids, CancellationToken ct) => kind switch
    {
        FieldKind.User => await UsersAsync(ids.Distinct().ToList(), ct),
        FieldKind.Department => await DepartmentsAsync(ids.Distinct().ToList(), ct),
        _ => await RecordsAsync(ids, ct),
    };

    /// <summary>A pointer to what the reader may not see.</summary>
    public static LinkView Hidden(RecordField field, Guid id) => new(id, field.Kind switch
    {
        FieldKind.User or FieldKind.Users => "user",
        FieldKind.Department => "department",
        _ => field.LinkKinds.Count == 1 ? field.LinkKinds[0] : "",
    }, null, null);

    public Task<Dictionary<Guid, LinkView>> RecordsAsync(IEnumerable<Guid> records, CancellationToken ct) => RecordsAsync(records, null, ct);

    /// <summary>Names records of the given kinds, or of any.</summary>
    public async Task<Dictionary<Guid, LinkView>> RecordsAsync(IEnumerable<Guid> records, IReadOnlyCollection<string>? kinds, CancellationToken ct)
    {
        var ids = records.Distinct().ToList();
        if (ids.Count == 0)
            return [];
        var visible = await db.VisibleAmongAsync(ids, ct, kinds);
        var rows = await visible.AsNoTracking().Select(r => new { r.Id, r.Kind, r.Title }).ToListAsync(ct);
        return rows.ToDictionary(r => r.Id, r => new LinkView(r.Id, r.Kind, r.Title, types.Find(r.Kind) is { HasPages: true } type ? type.UrlOf(r.Id) : null));
    }

    private async Task<Dictionary<Guid, LinkView>> UsersAsync(List<Guid> ids, CancellationToken ct)
    {
        var names = await db.Known.NamesAsync(ids, ct);
        var links = names.ToDictionary(n => n.Key, n => new LinkView(n.Key, "user", n.Value, null));
        var unsaved = ids.FindAll(id => !links.ContainsKey(id));
        // Whom the unit that runs has just made.
        foreach (var user in unsaved.Count == 0 ? [] : await db.Set<User>().AsNoTracking().Where(u => unsaved.Contains(u.Id)).Select(u => new { u.Id, u.Name }).ToListAsync(ct))
            links[user.Id] = new LinkView(user.Id, "user", user.Name, null);
        return links;
    }

    private async Task<Dictionary<Guid, LinkView>> DepartmentsAsync(List<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
            return [];
        var names = await db.Known.DepartmentsAsync(ct);
        var links = ids.Where(names.ContainsKey).ToDictionary(id => id, id => new LinkView(id, "department", names[id], null));
        var unsaved = ids.FindAll(id => !links.ContainsKey(id));
        // One that the unit that runs has just made.
        foreach (var made in unsaved.Count == 0 ? [] : await db.Set<Department>().AsNoTracking().Where(d => unsaved.Contains(d.Id)).Select(d => new { d.Id, d.Name }).ToListAsync(ct))
            links[made.Id] = new LinkView(made.Id, "department", made.Name, null);
        return links;
    }
}
