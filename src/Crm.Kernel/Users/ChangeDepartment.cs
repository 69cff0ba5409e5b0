using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Users;

/// <summary>Changes a department, or moves it in the tree. Who sees what follows at the next request.</summary>
internal sealed class ChangeDepartment(KernelDb db, CustomFields.CustomFieldSet set, Modules.NodeSignal nodes, Actor actor)
{
    /// <exception cref="Abstractions.Records.RuleViolation">Something given is wrong.</exception>
    public async Task RunAsync(Guid id, DepartmentFields fields, CancellationToken ct)
    {
        await db.WriteAsync(
            async inner =>
            {
                var department = await db.Set<Department>().FirstOrDefaultAsync(d => d.Id == id, inner) ?? throw new RecordMissing();
                actor.What = $"Changed the department {department.Name}";
                await fields.ApplyAsync(db, department, inner);
            },
            ct);
        // Fields of single departments are those of the departments below, too.
        await set.ReloadAsync(ct);
        await nodes.TellAsync(ct);
    }
}
