using Crm.Kernel.Data;
using Crm.Kernel.Security;

namespace Crm.Kernel.Users;

/// <summary>Makes a department.</summary>
internal sealed class AddDepartment(KernelDb db, CustomFields.CustomFieldSet set, Modules.NodeSignal nodes, Actor actor)
{
    /// <exception cref="Abstractions.Records.RuleViolation">Something given is wrong.</exception>
    public async Task<Department> RunAsync(DepartmentFields fields, CancellationToken ct)
    {
        var made = new Department();
        actor.What = $"Added the department {fields.Name}";
        await db.WriteAsync(
            async inner =>
            {
                made = new Department();
                await fields.ApplyAsync(db, made, inner);
                db.Add(made);
            },
            ct);
        // Fields of single departments are those of the departments below, too.
        await set.ReloadAsync(ct);
        await nodes.TellAsync(ct);
        return made;
    }
}
