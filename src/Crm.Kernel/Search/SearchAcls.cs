using Crm.Abstractions.Security;
using Crm.Kernel.Bulk;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Search;

/// <summary>The tokens by which the index trims hits: of a record (owner, department, shares, managers), and of a reader.</summary>
internal static class SearchAcls
{
    public static string Owner(Guid user) => $"o{user:N}";

    public static string Department(Guid department) => $"d{department:N}";

    public static string Shared(Guid principal) => $"s{principal:N}";

    public static string Open(string kind) => $"k{kind}";

    public static async Task<Dictionary<Guid, List<string>>> OfAsync(DbContext db, IReadOnlyList<Guid> deciders, IReadOnlySet<string> open, CancellationToken ct)
    {
        var acls = new Dictionary<Guid, List<string>>();
        var rows = await db.Set<Abstractions.Records.Spine>().AsNoTracking().Where(r => deciders.Contains(r.Id))
            .Select(r => new { r.Id, r.Kind, r.OwnerId, r.DepartmentId }).ToListAsync(ct);
        foreach (var row in rows)
        {
            var tokens = acls[row.Id] = [];
            if (row.OwnerId is { } owner)
                tokens.Add(Owner(owner));
            if (row.DepartmentId is { } department)
                tokens.Add(Department(department));
            if (open.Contains(row.Kind))
                tokens.Add(Open(row.Kind));
        }

        foreach (var share in await db.Set<RecordShare>().AsNoTracking().Where(s => deciders.Contains(s.RecordId)).ToListAsync(ct))
            acls[share.RecordId].Add(Shared(share.PrincipalId));
        foreach (var manager in await db.Set<RecordManager>().AsNoTracking().Where(m => deciders.Contains(m.RecordId)).ToListAsync(ct))
            acls[manager.RecordId].Add(Shared(manager.UserId));
        return acls;
    }

    /// <summary>The tokens of records: of those that decide, and of the further records that each concerns.</summary>
    /// <param name="deciders">By record, the one that decides; itself where none does.</param>
    /// <param name="open">The kinds of which whoever sees one sees all.</param>
    public static async Task<Dictionary<Guid, IReadOnlyList<string>>> OfRecordsAsync(DbContext db, IReadOnlyDictionary<Guid, Guid> deciders, IReadOnlySet<string> open, CancellationToken ct)
    {
        var ids = deciders.Keys.ToList();
        var abouts = (await db.Set<Abstractions.Records.RecordAbout>().AsNoTracking().Where(a => ids.Contains(a.RecordId)).Select(a => new { a.RecordId, a.AboutId }).ToListAsync(ct))
            .ToLookup(a => a.RecordId, a => a.AboutId);
        var acls = await OfAsync(db, deciders.Values.Concat(abouts.SelectMany(a => a)).Distinct().ToList(), open, ct);
        return deciders.ToDictionary(d => d.Key, d => (IReadOnlyList<string>)[.. abouts[d.Key].Prepend(d.Value).SelectMany(id => acls.GetValueOrDefault(id) ?? []).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>The tokens of a reader at a scope; null where he sees all. While a hand-over runs, what he sees may still stand under the old owner's.</summary>
    public static IReadOnlyList<string>? OfReader(Rights rights, RoleScope scope, IReadOnlyList<Heir> heirs)
    {
        if (scope == RoleScope.All)
            return null;
        var me = rights.UserId!.Value;
        List<string> tokens = [Owner(me), Shared(me), .. rights.Departments.Select(Shared)];
        if (scope == RoleScope.Department)
            tokens.AddRange(rights.Subtree.Select(Department));
        foreach (var former in Heirs.Stale(heirs, me, scope == RoleScope.Department))
            tokens.AddRange([Owner(former), Shared(former)]);
        return tokens;
    }
}
