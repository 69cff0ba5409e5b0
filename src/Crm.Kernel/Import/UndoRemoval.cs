using Crm.Abstractions.Records;
using Crm.Kernel.Audit;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Timeline;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Import;

/// <summary>Removes what an import made, with what the server made for it; into the bin goes what somebody changed since, or what something hangs on.</summary>
internal sealed class UndoRemoval(RecordTypes types, Guid importAct, Guid undoAct)
{
    private const int Chunk = 500;

    /// <summary>Removes records; gives what counts it. The database refuses where something hangs on one of them.</summary>
    public async Task<Action> RunAsync(IServiceProvider scope, IReadOnlyList<Guid> ids, UndoResult result, CancellationToken ct)
    {
        var db = scope.GetRequiredService<KernelDb>();
        var clock = scope.GetRequiredService<TimeProvider>();
        var (removed, binned, denied) = (0, 0, new List<Spine>());
        await db.WriteAsync(
            async unit =>
            {
                (removed, binned, denied) = (0, 0, []);
                var mine = new List<Guid>();
                foreach (var spine in await db.Records.Include(r => r.DecidedBy).Where(r => ids.Contains(r.Id)).ToListAsync(unit))
                {
                    if (await MayAsync(db, spine, unit))
                        mine.Add(spine.Id);
                    else
                        denied.Add(spine);
                }

                var touched = await TouchedAsync(db, mine, unit);
                var gone = mine.Except(touched).ToList();
                await RemoveAsync(scope, db, gone, unit);
                foreach (var spine in await db.Records.Where(r => touched.Contains(r.Id) && r.DeletedAt == null).ToListAsync(unit))
                {
                    spine.DeletedAt = clock.GetUtcNow();
                    binned++;
                }

                removed = gone.Count;
            },
            ct);
        return () =>
        {
            result.Removed += removed;
            result.Binned += binned;
            denied.ForEach(d => result.Keep(d, "", "You are not allowed to delete this."));
        };
    }

    /// <summary>Removes what the server made along with changed records and took away again with the change, such as the relationship to an employer.</summary>
    public async Task<Action> RunLeftAsync(IServiceProvider scope, Guid importId, CancellationToken ct)
    {
        var db = scope.GetRequiredService<KernelDb>();
        for (var count = Chunk; count == Chunk;)
        {
            await db.WriteAsync(
                async unit =>
                {
                    var left = await db.Set<AuditChange>().Where(c => c.ActId == importAct && c.Action == "created")
                        .Where(c => db.Records.Any(r => r.Id == c.RecordId && r.DeletedAt != null && r.DecidedById != null))
                        .Where(c => !db.Set<ImportedRow>().Any(i => i.RecordId == c.RecordId && i.ImportId == importId))
                        .Select(c => c.RecordId).Distinct().OrderBy(id => id).Take(Chunk).ToListAsync(unit);
                    await RemoveAsync(scope, db, left, unit);
                    count = left.Count;
                },
                ct);
        }

        return () => { };
    }

    /// <summary>Puts a record into the bin.</summary>
    public static async Task<bool> BinAsync(IServiceProvider scope, Guid id, UndoResult result, CancellationToken ct)
    {
        var db = scope.GetRequiredService<KernelDb>();
        if (await db.Records.FirstOrDefaultAsync(r => r.Id == id && r.DeletedAt == null, ct) is not { } spine)
            return false;
        spine.DeletedAt = scope.GetRequiredService<TimeProvider>().GetUtcNow();
        await db.SaveChangesAsync(ct);
        result.Binned++;
        return true;
    }

    private async Task<bool> MayAsync(KernelDb db, Spine spine, CancellationToken ct) =>
        (await db.RightsAsync(ct)).IsSystem || (types.Find(spine.Kind) is { } type && await db.MayAsync(type.DeletePermission, spine, ct));

    // Somebody's work on a record is not lost with it.
    private async Task<List<Guid>> TouchedAsync(KernelDb db, List<Guid> ids, CancellationToken ct) =>
        await db.Set<AuditChange>().Where(c => ids.Contains(c.RecordId) && c.ActId != importAct && c.ActId != undoAct).Select(c => c.RecordId).Distinct().ToListAsync(ct);

    private async Task RemoveAsync(IServiceProvider scope, KernelDb db, List<Guid> ids, CancellationToken ct)
    {
        // What the server made along with a record, such as the relationship to an employer, goes along.
        var along = await db.Records.Where(r => ids.Contains(r.DecidedById!.Value) && !ids.Contains(r.Id)
            && db.Set<AuditChange>().Any(c => c.RecordId == r.Id && c.ActId == importAct && c.Action == "created")).Select(r => r.Id).ToListAsync(ct);
        var all = ids.Concat(along).ToList();
        // As with all that is removed for good, nothing that it said stays: not in the audit of this act, nor in what was kept before.
        db.Forgotten.UnionWith(all);
        db.Raise(new RecordsForgotten(all, AreRemoved: true));
        // First, because they point to the records.
        db.RemoveRange(await db.Set<TimelineRow>().Where(t => all.Contains(t.SourceId)).ToListAsync(ct));
        await db.FlushAsync(ct);
        foreach (var group in (await db.Records.Where(r => all.Contains(r.Id)).Select(r => new { r.Id, r.Kind }).ToListAsync(ct)).GroupBy(r => r.Kind, StringComparer.Ordinal))
        {
            var type = types.Find(group.Key)
                ?? throw new RuleViolation("", "{0} records of a module that is not installed hang on this: install the module again first.", group.Count());
            var records = await UndoChunk.Of(type).LoadAsync(scope, [.. group.Select(g => g.Id)], ct);
            db.RemoveRange(records);
            db.RemoveRange(records.Select(r => r.Spine));
        }
    }
}
