using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Bulk;
using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Import;

/// <summary>Something that an undo left as it was.</summary>
internal sealed record KeptRecord(Guid Id, string Field, string Reason);

/// <summary>What became of a chunk of an undone import.</summary>
internal sealed class UndoResult
{
    /// <summary>Records that are gone for good, as if they had never been.</summary>
    public long Removed { get; set; }

    /// <summary>Records that are in the bin, because something hangs on them or somebody changed them.</summary>
    public long Binned { get; set; }

    public long Restored { get; set; }

    public List<KeptRecord> Kept { get; } = [];

    public void Keep(Spine spine, string field, string reason) => Kept.Add(new KeptRecord(spine.Id, field, reason));
}

/// <summary>Begins to take an import back: what it changed gets its values before, field by field where nobody changed them since; what it made goes. It is a bulk act.</summary>
internal sealed class UndoImport(KernelDb db, BulkDoor bulk, Actor actor)
{
    /// <exception cref="RuleViolation">It is not there, runs, or is undone already.</exception>
    public async Task<BulkAct> RunAsync(Guid importId, CancellationToken ct)
    {
        BulkAct? act = null;
        // Looked at and begun as one: of two who ask at once, the second finds it begun.
        await db.WriteAsync(
            async unit =>
            {
                var import = await FindAsync(importId, unit);
                act = await bulk.BeginAsync(UndoImportWork.Name, $"Undid the import of {import.FileName}", new UndoneImport(importId), import.Created + import.Updated, unit);
            },
            ct);
        bulk.Wake();
        return act!;
    }

    private async Task<Import> FindAsync(Guid id, CancellationToken ct)
    {
        var rights = await db.RightsAsync(ct);
        var import = await db.Set<Import>().AsNoTracking().FirstOrDefaultAsync(i => i.Id == id, ct);
        if (import is null || !(rights.IsSystem || import.UserId == actor.UserId || rights.May(CorePermissions.AdministerSite.Name)))
            throw new RuleViolation("import", "There is no such import.");
        var told = id.ToString();
        if (await db.Set<BulkAct>().AnyAsync(a => a.Kind == UndoImportWork.Name && a.State != BulkState.Done && a.Parameters.Contains(told), ct))
            throw new RuleViolation("import", "The import is being undone already.");
        return import.Progress switch
        {
            ImportProgress.Running => throw new RuleViolation("import", "The import is running: stop it first."),
            ImportProgress.Undone => throw new RuleViolation("import", "The import is undone already."),
            _ => import,
        };
    }
}
