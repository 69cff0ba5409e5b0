using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Import;
using Crm.Kernel.Records;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Removal;

/// <summary>Removes records for good, with all that is nothing without them, chunk by chunk: what is half done lies in the bin, hidden, and the next run goes on with it. Inside a unit that runs it is all or nothing.</summary>
internal sealed class RemoveRecords(KernelDb db, RecordTypes types, IServiceProvider services)
{
    private const int Chunk = 100;
    private List<Pointer>? _pointers;

    private List<Pointer> Pointers => _pointers ??= Pointer.All(db.Model, types);

    /// <summary>Says how many records went, those that hung on the given ones included.</summary>
    /// <exception cref="RuleViolation">Something of a module that is not installed hangs on one of them; that one's chunk stays whole.</exception>
    public async Task<int> RunAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var removed = 0;
        foreach (var chunk in ids.Distinct().Chunk(Chunk))
        {
            var hanging = await DependantsAsync(chunk, ct);
            await EnsureKnownAsync([.. chunk, .. hanging], ct);
            await HangElsewhereAsync(chunk, ct);
            hanging = await DependantsAsync(chunk, ct);
            if (hanging.Count > 0)
                removed += await RunAsync(hanging, ct);
            foreach (var pointer in Pointers)
                await LetGoAsync(pointer, chunk, ct);
            removed += await RemoveAsync(chunk, ct);
        }

        return removed;
    }

    /// <summary>The records that are nothing without the given ones, one step down.</summary>
    public async Task<List<Guid>> DependantsAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var hanging = new HashSet<Guid>();
        foreach (var pointer in Pointers)
            hanging.UnionWith(await pointer.DependantsAsync(db, ids, ct));
        hanging.ExceptWith(ids);
        return [.. hanging];
    }

    /// <summary>The records that concern the given ones besides others, or hang on them.</summary>
    public async Task<List<Guid>> ConcerningAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var concerning = await db.Set<RecordAbout>().Where(a => ids.Contains(a.AboutId)).Select(a => a.RecordId).ToListAsync(ct);
        return [.. (await DependantsAsync(ids, ct)).Union(concerning).Except(ids)];
    }

    // What a module that is gone kept lies in tables that nobody here knows: its records can't be removed half.
    private async Task EnsureKnownAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var known = types.All.Select(t => t.Name).ToList();
        var unknown = await db.Records.CountAsync(r => ids.Contains(r.Id) && !known.Contains(r.Kind), ct);
        if (unknown > 0)
            throw new RuleViolation("", "{0} records of a module that is not installed hang on this: install the module again first.", unknown);
    }

    // What hangs on a record that goes, and concerns others that stay, hangs on one of those from now on.
    private async Task HangElsewhereAsync(Guid[] ids, CancellationToken ct) => await db.WriteAsync(
        async unit =>
        {
            var moved = await db.Records.Include(r => r.Abouts).Where(r => ids.Contains(r.DecidedById!.Value) && !ids.Contains(r.Id)
                && r.Abouts.Any(a => !ids.Contains(a.AboutId) && db.Records.Any(s => s.Id == a.AboutId && s.DeletedAt == null && s.DecidedById == null))).ToListAsync(unit);
            foreach (var spine in moved)
            {
                var further = spine.Abouts.Select(a => a.AboutId).Except(ids).ToList();
                spine.DecidedById = await db.Records.Where(s => further.Contains(s.Id) && s.DeletedAt == null && s.DecidedById == null).OrderBy(s => s.Id).Select(s => s.Id).FirstAsync(unit);
            }

            await db.SaveChangesAsync(unit);
        },
        ct);

    private async Task LetGoAsync(Pointer pointer, Guid[] ids, CancellationToken ct)
    {
        for (var rows = 1; rows > 0;)
        {
            await db.WriteAsync(
                async unit =>
                {
                    rows = await pointer.LetGoAsync(db, ids, unit);
                    await db.SaveChangesAsync(unit);
                },
                ct);
        }
    }

    private async Task<int> RemoveAsync(Guid[] ids, CancellationToken ct)
    {
        var count = 0;
        db.Forgotten.UnionWith(ids);
        await db.WriteAsync(
            async unit =>
            {
                count = 0;
                foreach (var kind in (await db.Records.Where(r => ids.Contains(r.Id)).Select(r => new { r.Id, r.Kind }).ToListAsync(unit)).GroupBy(r => r.Kind, StringComparer.Ordinal))
                {
                    var records = await UndoChunk.Of(types.Find(kind.Key)!).LoadAsync(services, [.. kind.Select(k => k.Id)], unit);
                    db.RemoveRange(records);
                    db.RemoveRange(records.Select(r => r.Spine));
                    count += records.Count;
                }

                db.Raise(new RecordsForgotten(ids, AreRemoved: true));
                await db.SaveChangesAsync(unit);
            },
            ct);
        return count;
    }
}
