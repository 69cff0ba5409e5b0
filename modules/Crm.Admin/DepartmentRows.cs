using Crm.Kernel.Data;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin;

/// <summary>A department in the order of the tree, with how deep it stands.</summary>
internal sealed record DepartmentRow(Guid Id, string Name, int Depth, bool IsBranch, string Country)
{
    /// <summary>The name behind as many steps as it is deep.</summary>
    public string Indented => string.Concat(Enumerable.Repeat("\u2003", Depth)) + Name;
}

/// <summary>Reads the tree of departments as a list.</summary>
internal static class DepartmentRows
{
    public static async Task<IReadOnlyList<DepartmentRow>> ReadAsync(KernelDb db, CancellationToken ct)
    {
        var below = (await db.Set<Department>().AsNoTracking().ToListAsync(ct)).OrderBy(d => d.Name, StringComparer.CurrentCulture).ToLookup(d => d.ParentId);
        var rows = new List<DepartmentRow>();
        Add(null, 0);
        return rows;

        void Add(Guid? parent, int depth)
        {
            foreach (var one in below[parent])
            {
                rows.Add(new DepartmentRow(one.Id, one.Name, depth, one.IsBranch, one.Country));
                Add(one.Id, depth + 1);
            }
        }
    }
}
