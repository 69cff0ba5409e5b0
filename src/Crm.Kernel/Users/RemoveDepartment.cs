using Crm.Abstractions.Records;
using Crm.Kernel.CustomFields;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Users;

/// <summary>Removes a department that is empty: nobody belongs to it, none stands below it, and no record is its own, in the bin or outside.</summary>
internal sealed class RemoveDepartment(KernelDb db, ModuleSwitches switches, NodeSignal nodes, Actor actor)
{
    /// <exception cref="RuleViolation">Something belongs to it still; says what.</exception>
    public async Task RunAsync(Guid id, CancellationToken ct)
    {
        await db.WriteAsync(inner => StageAsync(id, inner), ct);
        await switches.ReloadAsync(ct);
        await nodes.TellAsync(ct);
    }

    private async Task StageAsync(Guid id, CancellationToken ct)
    {
        var department = await db.Set<Department>().FirstOrDefaultAsync(d => d.Id == id, ct) ?? throw new RecordMissing();
        if (await db.Set<Department>().AnyAsync(d => d.ParentId == id, ct))
            throw new RuleViolation("", "Other departments stand below this one: move them first.");
        if (await db.Set<User>().CountAsync(u => u.DepartmentId == id || u.FurtherDepartments.Any(f => f.DepartmentId == id), ct) is > 0 and var users)
            throw new RuleViolation("", "{0} users belong to this department: give them another one first.", users);
        if (await db.Records.CountAsync(r => r.DepartmentId == id, ct) is > 0 and var records)
            throw new RuleViolation("", "{0} records belong to this department: hand them over first, those in the bin too.", records);
        if ((await db.Set<CustomField>().AsNoTracking().Where(f => f.Departments != "[]").ToListAsync(ct)).Find(f => f.ReadDepartments().Contains(id)) is { } field)
            throw new RuleViolation("", "The field '{0}' is kept to this department: choose who else has it first.", field.Label);
        actor.What = $"Removed the department {department.Name}";
        db.RemoveRange(await db.Set<FeatureSwitch>().Where(s => s.DepartmentId == id).ToListAsync(ct));
        db.RemoveRange(await db.Set<RecordShare>().Where(s => s.PrincipalId == id).ToListAsync(ct));
        db.Remove(department);
    }
}
