using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Settings;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Users;

/// <summary>What is said about a department when it is made or changed.</summary>
internal sealed record DepartmentFields(string Name, Guid? ParentId, bool IsBranch, string Country)
{
    /// <summary>Writes the fields to a department, inside a unit; throws with what is wrong.</summary>
    public async Task ApplyAsync(KernelDb db, Department department, CancellationToken ct)
    {
        var errors = new Dictionary<string, string[]>();
        var name = Name.Trim();
        if (name.Length is 0 or > 100)
            errors["name"] = ["Give a name, up to 100 characters."];
        else if (await db.Set<Department>().AnyAsync(d => d.Name == name && d.Id != department.Id, ct))
            errors["name"] = ["There is a department of this name already."];
        if (Country.Length > 0 && !Countries.Has(Country))
            errors["country"] = ["Choose a country from the list."];
        if (ParentId is { } parent && await WrongParentAsync(db, department.Id, parent, ct) is { } why)
            errors["parent"] = [why];
        if (errors.Count > 0)
            throw new RuleViolation(errors);
        (department.Name, department.ParentId, department.IsBranch, department.Country) = (name, ParentId, IsBranch, Country);
    }

    private static async Task<string?> WrongParentAsync(KernelDb db, Guid id, Guid parent, CancellationToken ct)
    {
        var parents = await db.Set<Department>().AsNoTracking().ToDictionaryAsync(d => d.Id, d => d.ParentId, ct);
        if (!parents.ContainsKey(parent))
            return "There is no such department.";
        for (Guid? above = parent; above is { } at; above = parents.GetValueOrDefault(at))
        {
            if (at == id)
                return "A department can't stand below itself.";
        }

        return null;
    }
}
