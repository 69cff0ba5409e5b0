using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.CustomFields;

/// <summary>What every change of the fields goes through: one unit, then the snapshot of this node and of the others.</summary>
internal sealed class CrmFields(KernelDb db, RecordTypes types, CustomFieldSet set, CustomFieldWork work, NodeSignal nodes, Actor actor)
{
    public KernelDb Db => db;

    public RecordTypes Types => types;

    /// <summary>A type that may have custom fields.</summary>
    public RecordType TypeOf(string kind) => types.Find(kind) is { } type && CustomFieldSet.IsFor(type) ? type : throw new RecordMissing();

    /// <summary>A field of a type, tracked, retired or not.</summary>
    public async Task<CustomField> FindAsync(Guid id, CancellationToken ct) =>
        await db.Set<CustomField>().FirstOrDefaultAsync(f => f.Id == id, ct) ?? throw new RecordMissing();

    /// <summary>Says what is done, as the audit has it.</summary>
    public void Say(string what) => actor.What = what;

    /// <summary>Runs a unit, and lets everybody know what is decided now.</summary>
    public async Task SaveAsync(Func<CancellationToken, Task> unit, CancellationToken ct)
    {
        try
        {
            await db.WriteAsync(unit, ct);
        }
        catch (Exception failure) when (Failures.IsDuplicate(failure))
        {
            db.ChangeTracker.Clear();
            throw Duplicates.IsOfField(failure)
                ? new RuleViolation("isUnique", "Some records share a value: change those first.")
                : new RuleViolation("name", "There is a field of this name already; it may be retired.");
        }
        catch
        {
            db.ChangeTracker.Clear();
            throw;
        }

        await set.ReloadAsync(ct);
        await nodes.TellAsync(ct);
        work.Wake();
    }
}
