using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Removal;
using Crm.Kernel.Data;
using Crm.Kernel.Import;
using Crm.Kernel.Records;
using Crm.Kernel.Search;
using Crm.Kernel.Security;
using Crm.Kernel.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Privacy;

/// <summary>Erases what is kept about a person, in one unit: the record's own words, what hangs on it, and every copy. The skeleton and the act's record stay; nothing brings it back.</summary>
internal sealed class EraseRecord(
    KernelDb db, RecordTypes types, RemoveRecords remove, SettleIndex settle, Actor actor, TimeProvider clock, IServiceProvider services)
{
    private const int MostReason = 300;

    /// <param name="typed">The record's title as the caller typed it, so that nobody erases the wrong one.</param>
    /// <exception cref="RecordMissing">Not there, or not visible; what lies in the bin can be erased, too.</exception>
    /// <exception cref="NotAllowed">The caller may not.</exception>
    /// <exception cref="RuleViolation">The title differs, no reason is given, or it is erased already.</exception>
    public async Task RunAsync(RecordType type, Guid id, string? typed, string? reason, CancellationToken ct)
    {
        var spine = await FindAsync(type, id, ct) ?? throw new RecordMissing();
        if (!type.IsErasable || !await db.MayAsync(CorePermissions.EraseRecords.Name, spine, ct))
            throw new NotAllowed();
        Check(spine, typed, reason);
        actor.What = $"Erased a {type.Name}: {reason!.Trim()}";
        await db.WriteAsync(unit => StageAsync(type, id, unit), ct);
        settle.Wake();
    }

    /// <summary>The record as the caller may see it, in the bin or outside.</summary>
    public async Task<Spine?> FindAsync(RecordType type, Guid id, CancellationToken ct) =>
        await (await db.VisibleAmongAsync([id], ct, [type.Name])).AsNoTracking().FirstOrDefaultAsync(ct)
        ?? await (await db.BinnedAsync(type, ct)).AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, ct);

    private static void Check(Spine spine, string? typed, string? reason)
    {
        if (spine.ErasedAt is not null)
            throw StaysErased.Violation();
        var errors = new Dictionary<string, string[]>();
        if (!string.Equals(typed?.Trim(), spine.Title.Trim(), StringComparison.Ordinal))
            errors["name"] = ["Type the name exactly as it stands above."];
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > MostReason)
            errors["reason"] = ["Say why, in up to 300 characters and without the name."];
        if (errors.Count > 0)
            throw new RuleViolation(errors);
    }

    private async Task StageAsync(RecordType type, Guid id, CancellationToken ct)
    {
        var hanging = await remove.ConcerningAsync([id], ct);
        var kinds = await db.Records.AsNoTracking().Where(r => hanging.Contains(r.Id)).Select(r => new { r.Id, r.Kind }).ToListAsync(ct);
        var kept = kinds.Where(k => types.Find(k.Kind) is { IsKeptWhenErased: true }).ToList();
        await remove.RunAsync([.. hanging.Except(kept.Select(k => k.Id))], ct);
        List<Guid> emptied = [id, .. kept.Select(k => k.Id)];
        db.Forgotten.UnionWith(emptied);
        // They are written anew as far as skeletons have any.
        db.RemoveRange(await db.Set<TimelineRow>().Where(t => emptied.Contains(t.SourceId)).ToListAsync(ct));
        foreach (var kind in kept.GroupBy(k => k.Kind, k => k.Id, StringComparer.Ordinal))
            await EmptyAsync(types.Find(kind.Key)!, [.. kind], ct);
        await EmptyAsync(type, [id], ct);
        db.Raise(new RecordsForgotten(emptied, AreRemoved: false));
        await db.SaveChangesAsync(ct);
    }

    private async Task EmptyAsync(RecordType type, List<Guid> ids, CancellationToken ct) =>
        EmptyRecords.Of(type).Run(db, await UndoChunk.Of(type).LoadAsync(services, ids, ct), clock.GetUtcNow());
}
