using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Search;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Crm.Kernel.Removal;

/// <summary>What lies in the bin.</summary>
internal sealed record BinnedRecord(Guid Id, string Kind, string Title, DateTimeOffset DeletedAt);

/// <summary>The bin of a record type as the reader may see it, and the way out of it for good.</summary>
internal sealed partial class RecordBin(KernelDb db, RemoveRecords remove, SettleIndex settle, Actor actor, TimeProvider clock, ILogger<RecordBin> log)
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
            after = ids[^1];
            count += await TryRemoveAsync(ids, ct);
        }

        if (count > 0)
            settle.Wake();
        return count;
    }

    // One that can't go holds up none of the others.
    private async Task<int> TryRemoveAsync(List<Guid> ids, CancellationToken ct)
    {
        try
        {
            await remove.RunAsync(ids, ct);
            return ids.Count;
        }
        catch (RuleViolation violation) when (ids.Count == 1)
        {
            LogKept(ids[0], violation.Message);
            return 0;
        }
        catch (RuleViolation)
        {
            db.ChangeTracker.Clear();
            var count = 0;
            foreach (var id in ids)
                count += await TryRemoveAsync([id], ct);
            return count;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    [LoggerMessage(LogLevel.Warning, "The record {Id} stays in the bin: {Reason}")]
    private partial void LogKept(Guid id, string reason);

    private async Task EnsureAllowedAsync(CancellationToken ct)
    {
        if (!(await db.RightsAsync(ct)).May(CorePermissions.PurgeRecords.Name))
            throw new NotAllowed();
    }
}
