using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Audit;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Import;

/// <summary>Something that an undo left as it was.</summary>
internal sealed record KeptRecord(Guid Id, string Title, string Field, string Reason);

/// <summary>What became of an undone import.</summary>
internal sealed class UndoResult
{
    /// <summary>More are counted, not named.</summary>
    public const int MostNamed = 500;

    /// <summary>Records that are gone for good, as if they had never been.</summary>
    public long Removed { get; set; }

    /// <summary>Records that are in the bin, because something hangs on them or somebody changed them.</summary>
    public long Binned { get; set; }

    public long Restored { get; set; }

    public long KeptCount { get; private set; }

    public List<KeptRecord> Kept { get; } = [];

    public void Keep(Spine spine, string field, string reason)
    {
        KeptCount++;
        if (Kept.Count < MostNamed)
            Kept.Add(new KeptRecord(spine.Id, spine.Title, field, reason));
    }
}

/// <summary>Takes an import back: what it changed gets its values before, field by field where nobody changed them since; what it made goes. All is one act of the audit.</summary>
internal sealed class UndoImport(IServiceScopeFactory scopes, Actor actor, RecordTypes types)
{
    private const int Chunk = 100;

    /// <param name="progress">Told now and then how many records are done.</param>
    /// <exception cref="RuleViolation">It is not there, runs, or is undone already.</exception>
    public async Task<UndoResult> RunAsync(Guid importId, Func<long, Task> progress, CancellationToken ct)
    {
        var (act, result) = (new OneAct(), new UndoResult());
        var import = await InScopeAsync(act, "", s => FindAsync(s, importId, ct));
        var what = $"Undid the import of {import.FileName}";
        // The newest first, so that a record which several rows changed goes back step by step.
        for (Guid? last = null; await RowsAsync(importId, isCreated: false, last, ct) is { Count: > 0 } rows; last = rows[^1].Row.Id)
        {
            foreach (var group in rows.GroupBy(r => r.Kind, StringComparer.Ordinal))
            {
                if (types.Find(group.Key) is not { } type)
                    continue;
                var chunk = UndoChunk.Of(type);
                await InScopeAsync(act, what, async s => await chunk.RestoreAsync(s, [.. group.Select(g => g.Row)], result, ct));
            }

            await progress(result.Restored);
        }

        await RemoveAsync(import, act, what, result, progress, ct);
        await InScopeAsync(act, what, async s =>
        {
            var db = s.GetRequiredService<KernelDb>();
            (await db.Set<Import>().FirstAsync(i => i.Id == importId, ct)).Progress = ImportProgress.Undone;
            return await db.SaveChangesAsync(ct);
        });
        return result;
    }

    // The imported kind before what was made because its rows named it: an employer goes after those who work there.
    private async Task RemoveAsync(Import import, OneAct act, string what, UndoResult result, Func<long, Task> progress, CancellationToken ct)
    {
        var removal = new UndoRemoval(types, import.ActId, act.Id);
        await TryAsync(act, what, s => removal.RunLeftAsync(s, import.Id, ct));
        foreach (var isImported in (bool[])[true, false])
        {
            for (Guid? last = null; await RowsAsync(import.Id, isCreated: true, last, ct) is { Count: > 0 } rows; last = rows[^1].Row.Id)
            {
                var ids = rows.Where(r => r.Kind == import.Kind == isImported).Select(r => r.Row.RecordId).ToList();
                if (ids.Count == 0)
                    continue;
                if (!await TryAsync(act, what, s => removal.RunAsync(s, ids, result, ct)))
                {
                    foreach (var id in ids)
                    {
                        if (!await TryAsync(act, what, s => removal.RunAsync(s, [id], result, ct)))
                            await InScopeAsync(act, what, s => UndoRemoval.BinAsync(s, id, result, ct));
                    }
                }

                await progress(result.Restored + result.Removed + result.Binned);
            }
        }
    }

    private async Task<bool> TryAsync(OneAct act, string what, Func<IServiceProvider, Task<Action>> work)
    {
        try
        {
            // Counted only when it is committed.
            (await InScopeAsync(act, what, work))();
            return true;
        }
        catch (DbUpdateException failure) when (RowFailure.Of(failure) is not null)
        {
            return false;
        }
    }

    private async Task<Import> FindAsync(IServiceProvider scope, Guid id, CancellationToken ct)
    {
        var db = scope.GetRequiredService<KernelDb>();
        var rights = await db.RightsAsync(ct);
        var import = await db.Set<Import>().AsNoTracking().FirstOrDefaultAsync(i => i.Id == id, ct);
        if (import is null || !(rights.IsSystem || import.UserId == actor.UserId || rights.May(CorePermissions.AdministerSite.Name)))
            throw new RuleViolation("import", "There is no such import.");
        return import.Progress switch
        {
            ImportProgress.Running => throw new RuleViolation("import", "The import is running: stop it first."),
            ImportProgress.Undone => throw new RuleViolation("import", "The import is undone already."),
            _ => import,
        };
    }

    private Task<List<(ImportedRow Row, string Kind)>> RowsAsync(Guid importId, bool isCreated, Guid? last, CancellationToken ct) =>
        InScopeAsync(new OneAct(), "", async s =>
        {
            var db = s.GetRequiredService<KernelDb>();
            var rows = db.Set<ImportedRow>().AsNoTracking().Where(r => r.ImportId == importId && r.IsCreated == isCreated);
            if (last is { } id)
                rows = rows.Where(r => r.Id.CompareTo(id) < 0);
            var found = await rows.OrderByDescending(r => r.Id).Take(Chunk)
                .Select(r => new { Row = r, Kind = db.Records.Where(k => k.Id == r.RecordId).Select(k => k.Kind).FirstOrDefault() }).ToListAsync(ct);
            return found.Select(f => (f.Row, f.Kind ?? "")).ToList();
        });

    private async Task<T> InScopeAsync<T>(OneAct act, string what, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        var own = scope.ServiceProvider.GetRequiredService<Actor>();
        (own.UserId, own.IsSystem, own.Leaves, own.Door, own.What, own.Act) = (actor.UserId, actor.IsSystem, actor.Leaves, "import", what, act);
        var done = await work(scope.ServiceProvider);
        act.IsWritten |= scope.ServiceProvider.GetRequiredService<KernelDb>().ChangeTracker.Entries<AuditAct>().Any();
        return done;
    }
}
