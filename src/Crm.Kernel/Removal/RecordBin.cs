using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Search;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Removal;

/// <summary>What lies in the bin.</summary>
internal sealed record BinnedRecord(Guid Id, string Kind, string Title, DateTimeOffset DeletedAt);

/// <summary>The bin of a record type as the reader may see it, and the way out of it for good.</summary>
internal sealed class RecordBin(KernelDb db, RemoveRecords remove, SettleIndex settle, Actor actor, TimeProvider clock)
{
    private const int Chunk = 100;

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<BinnedRecord>> ReadAsync(RecordType type, int limit, CancellationToken ct) =>
        await (await db.BinnedAsync(type, ct)).AsNoTracking().OrderByDescending(r => r.DeletedAt).ThenByDescending(r => r.Id).Take(limit)
            .Select(r => new BinnedRecord(r.Id, r.Kind, r.Title, r.DeletedAt!.Value)).ToListAsync(ct);

    /// <summary>Removes one record for good.</summary>
    /// <exception cref="RecordMissing">It does not lie in the bin, or not for this reader.</exception>
    /// <exception cref="NotAllowed">The caller may not.</exception>
    public async Task PurgeAsync(RecordType type, Guid id, CancellationToken ct)
    {
        if (!await (await db.BinnedAsync(type, ct)).AnyAsync(r => r.Id == id, ct))
            throw new RecordMissing();
        await EnsureAllowedAsync(ct);
        actor.What = $"Removed a {type.Name} from the bin for good";
        await remove.RunAsync([id], ct);
        settle.Wake();
    }

    /// <summary>Removes what went into the bin at least so many days ago; says how many.</summary>
    public async Task<int> PurgeOldAsync(RecordType type, int days, CancellationToken ct)
    {
        await EnsureAllowedAsync(ct);
        if (days < 0)
            throw new RuleViolation("days", "Give a number of days from 0 up.");
        actor.What = $"Removed what lay in the bin of {type.Plural} for good";
        var before = clock.GetUtcNow().AddDays(-days);
        var count = 0;
        for (var after = Guid.Empty; ;)
        {
            var last = after;
            var ids = await (await db.BinnedAsync(type, ct)).Where(r => r.DeletedAt <= before && r.Id.CompareTo(last) > 0)
                .OrderBy(r => r.Id).Take(Chunk).Select(r => r.Id).ToListAsync(ct);
            if (ids.Count == 0)
                break;
            count += ids.Count;
            after = ids[^1];
            await remove.RunAsync(ids, ct);
            db.ChangeTracker.Clear();
        }

        if (count > 0)
            settle.Wake();
        return count;
    }

    private async Task EnsureAllowedAsync(CancellationToken ct)
    {
        if (!(await db.RightsAsync(ct)).May(CorePermissions.PurgeRecords.Name))
            throw new NotAllowed();
    }
}
