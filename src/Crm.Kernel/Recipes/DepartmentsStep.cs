using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Settings;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Recipes;

/// <summary>What a recipe says about departments, those above before those below them.</summary>
internal sealed record DepartmentsWords(string Step, IReadOnlyList<DepartmentWords> Departments);

/// <summary>One department.</summary>
internal sealed record DepartmentWords(string Name, string? Parent = null, bool Branch = false, string Country = "");

/// <summary>Makes the departments that are not there.</summary>
internal sealed class DepartmentsStep(KernelDb db, AddDepartment add) : TypedStep<DepartmentsWords>
{
    public override string Name => "departments";

    protected override void Check(DepartmentsWords step)
    {
        var above = new HashSet<string>(StringComparer.Ordinal);
        foreach (var department in step.Departments ?? throw new RuleViolation("", "List the departments."))
        {
            if (string.IsNullOrWhiteSpace(department.Name) || department.Name.Length > 100)
                throw new RuleViolation("", "Give each department a name, up to 100 characters.");
            if (department.Parent is { } parent && !above.Contains(parent))
                throw new RuleViolation("", "'{0}' stands below '{1}', which must come before it.", department.Name, parent);
            if (department.Country.Length > 0 && !Countries.Has(department.Country))
                throw new RuleViolation("", "'{0}' is no country: give its two letters.", department.Country);
            above.Add(department.Name);
        }
    }

    protected override async Task RunAsync(DepartmentsWords step, CancellationToken ct)
    {
        foreach (var department in step.Departments)
        {
            if (await IdOfAsync(department.Name, ct) is null)
                await add.RunAsync(new DepartmentFields(department.Name, department.Parent is { } parent ? await IdOfAsync(parent, ct) : null, department.Branch, department.Country), ct);
        }
    }

    private async Task<Guid?> IdOfAsync(string name, CancellationToken ct) =>
        await db.Set<Department>().Where(d => d.Name == name).Select(d => (Guid?)d.Id).FirstOrDefaultAsync(ct);
}
