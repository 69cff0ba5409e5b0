using System.Collections.Concurrent;
using System.Diagnostics;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Hosting;
using Crm.Kernel.Import;
using Crm.Kernel.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Crm.Kernel.Bulk;

/// <summary>Does bulk acts chunk by chunk. A chunk, its count and where to go on are one unit; a row that can't be done never stops the rest.</summary>
internal sealed partial class BulkRun(
    IServiceScopeFactory scopes, IEnumerable<BulkKind> kinds, WriterGate gate, FaultPoints faults, IConfiguration configuration, TimeProvider clock, ILogger<BulkRun> log)
{
    // Others who save wait for a chunk: it is made so small that they don't notice.
    private static readonly TimeSpan _hold = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan _lease = TimeSpan.FromSeconds(10);
    private readonly Guid _node = Guid.CreateVersion7();
    private readonly int _most = Math.Max(1, configuration.GetValue("Bulk:MostRows", 2_000));
    private readonly ConcurrentDictionary<Guid, bool> _here = new();
    private readonly ConcurrentDictionary<(Guid Act, string Phase), ImportPace> _paces = new();

    /// <summary>Acts that wait, or whose node is gone, the oldest first.</summary>
    public async Task<List<Guid>> OpenAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<KernelDb>();
        return await Claimable(db).OrderBy(a => a.Id).Select(a => a.Id).ToListAsync(ct);
    }

    /// <summary>Works on an act for a while. False where there is no more to do here now.</summary>
    public async Task<bool> WorkAsync(Guid id, TimeSpan atMost, CancellationToken ct)
    {
        if (!_here.TryAdd(id, true))
            return false;
        try
        {
            if (!await ClaimAsync(id, ct))
                return false;
            var started = Stopwatch.GetTimestamp();
            while (await ChunkAsync(id, ct))
            {
                if (Stopwatch.GetElapsedTime(started) > atMost)
                    return true;
            }

            foreach (var pace in _paces.Keys.Where(k => k.Act == id))
                _paces.TryRemove(pace, out _);
            return false;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogFailed(failure, id);
            await EndAsync(id, BulkState.Failed, "The server failed; its log says why. What is done stays done.", CancellationToken.None);
            return false;
        }
        finally
        {
            _here.TryRemove(id, out _);
        }
    }

    /// <summary>Returns when the act is over, here or on another node.</summary>
    public async Task<BulkAct> FinishAsync(Guid id, CancellationToken ct)
    {
        while (true)
        {
            while (await WorkAsync(id, TimeSpan.FromMinutes(1), ct))
            {
                // There is more.
            }

            await using var scope = scopes.CreateAsyncScope();
            var act = await scope.ServiceProvider.GetRequiredService<KernelDb>().Set<BulkAct>().AsNoTracking().FirstAsync(a => a.Id == id, ct);
            if (!act.IsLive)
                return act;
            await Task.Delay(TimeSpan.FromMilliseconds(50), ct);
        }
    }

    // Another hand-over that still brings somebody records comes before the one that takes his away.
    private IQueryable<BulkAct> Claimable(KernelDb db)
    {
        var now = clock.GetUtcNow();
        var acts = db.Set<BulkAct>().AsNoTracking().Where(a => a.State == BulkState.Waiting || a.State == BulkState.Running);
        // On SQLite this process is the only one: whoever else ran it is gone.
        if (!db.IsSqlite)
            acts = acts.Where(a => a.State == BulkState.Waiting || a.NodeId == _node || a.LeaseUntil < now);
        return acts.Where(a => !db.Set<Heir>().Any(mine => mine.BulkId == a.Id && db.Set<Heir>().Any(h => h.BulkId.CompareTo(a.Id) < 0 && (h.ToId == mine.FromId || h.FromId == mine.FromId))));
    }

    private async Task<bool> ClaimAsync(Guid id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<KernelDb>();
        var claimed = false;
        await db.WriteAsync(
            async inner =>
            {
                claimed = await Claimable(db).AnyAsync(a => a.Id == id, inner);
                if (!claimed)
                    return;
                var act = await db.Set<BulkAct>().FirstAsync(a => a.Id == id, inner);
                (act.State, act.NodeId, act.LeaseUntil) = (BulkState.Running, _node, clock.GetUtcNow() + _lease);
            },
            ct);
        return claimed;
    }

    private async Task<bool> ChunkAsync(Guid id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<KernelDb>();
        var act = await db.Set<BulkAct>().AsNoTracking().FirstAsync(a => a.Id == id, ct);
        if (act.State != BulkState.Running || act.NodeId != _node)
            return false;
        BulkScope.Enter(scope.ServiceProvider, act);
        if (await RefusalAsync(scope.ServiceProvider, act, ct) is { } refusal)
        {
            await EndAsync(id, BulkState.Stopped, refusal, ct);
            return false;
        }

        var pace = _paces.GetOrAdd((id, PhaseOf(act.Cursor)), _ => new ImportPace(gate, _hold, _most));
        try
        {
            var batch = await WorkOf(scope.ServiceProvider, act).NextAsync(scope.ServiceProvider, act, Math.Min(pace.Rows, _most), ct);
            await DoAsync(act, batch, pace, ct);
            faults.Pass("bulk.between-chunks");
            return !batch.IsEnd;
        }
        catch (Exception failure) when (BulkFailure.Of(failure) is { } reason)
        {
            await EndAsync(id, BulkState.Stopped, reason, ct);
            return false;
        }
    }

    // What an act does first costs less or more a row than what it does then.
    private static string PhaseOf(string cursor) => cursor.Split(' ')[0] is { Length: < 30 } word ? word : "";

    private static IBulkWork WorkOf(IServiceProvider scope, BulkAct act) =>
        scope.GetServices<IBulkWork>().First(w => string.Equals(w.Kind, act.Kind, StringComparison.Ordinal));

    // Asked at every chunk: rights that were taken away end the act.
    private async Task<string?> RefusalAsync(IServiceProvider scope, BulkAct act, CancellationToken ct)
    {
        if (!kinds.Any(k => string.Equals(k.Name, act.Kind, StringComparison.Ordinal)))
            return "The module that does this is not installed.";
        var rights = await scope.GetRequiredService<ICurrentUser>().RightsAsync(ct);
        if (!rights.IsSystem && rights.UserId is null)
            return "Who asked for it is deactivated.";
        return rights.May(WorkOf(scope, act).Permission) ? null : "Who asked for it is not allowed to any more.";
    }

    private async Task DoAsync(BulkAct act, BulkBatch batch, ImportPace pace, CancellationToken ct)
    {
        try
        {
            var held = await UnitAsync(act, batch, act.Chunks, null, ct);
            pace.Took(batch.Items.Count, held);
        }
        catch (Exception failure) when (BulkFailure.Of(failure) is not null && batch.Items.Count > 0)
        {
            // One of them is to blame: each is a unit of its own now.
            for (var i = 0; i < batch.Items.Count; i++)
                await OneAsync(act, batch, i, ct);
        }
    }

    private async Task OneAsync(BulkAct act, BulkBatch batch, int index, CancellationToken ct)
    {
        var item = batch.Items[index];
        var isLast = index == batch.Items.Count - 1;
        var one = new BulkBatch([item], isLast ? batch.Cursor : item.Cursor, isLast && batch.IsEnd);
        try
        {
            await UnitAsync(act, one, act.Chunks + index, null, ct);
        }
        catch (Exception failure) when (BulkFailure.Of(failure) is { } reason)
        {
            await UnitAsync(act, one, act.Chunks + index, reason, ct);
        }
    }

    // Says how long the unit kept others from writing.
    private async Task<TimeSpan> UnitAsync(BulkAct seen, BulkBatch batch, long chunks, string? refused, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<KernelDb>();
        BulkScope.Enter(scope.ServiceProvider, seen);
        var work = WorkOf(scope.ServiceProvider, seen);
        var started = 0L;
        await db.WriteAsync(
            async inner =>
            {
                started = Stopwatch.GetTimestamp();
                db.ChangeTracker.Clear();
                var act = await db.Set<BulkAct>().FirstAsync(a => a.Id == seen.Id, inner);
                // Stopped, or taken over by another node: what was prepared here is nobody's any more.
                if (act.State != BulkState.Running || act.NodeId != _node || act.Chunks != chunks)
                    return;
                var tally = refused is null
                    ? await work.RunAsync(scope.ServiceProvider, act, batch, inner)
                    : await work.RefusedAsync(scope.ServiceProvider, act, batch, refused, inner);
                faults.Pass("bulk.mid-chunk");
                await CountAsync(scope.ServiceProvider, work, act, batch, tally, inner);
            },
            ct);
        return Stopwatch.GetElapsedTime(started);
    }

    private async Task CountAsync(IServiceProvider scope, IBulkWork work, BulkAct act, BulkBatch batch, BulkTally tally, CancellationToken ct)
    {
        var db = scope.GetRequiredService<KernelDb>();
        // A verb that refused a row may have let go of all that was tracked.
        if (db.Entry(act).State == EntityState.Detached)
            act = await db.Set<BulkAct>().FirstAsync(a => a.Id == act.Id, ct);
        act.Done += tally.Done;
        act.Failed += tally.Failed;
        act.Chunks++;
        (act.Cursor, act.LeaseUntil) = (batch.Cursor, clock.GetUtcNow() + _lease);
        if (!batch.IsEnd)
            return;
        await work.EndAsync(scope, act, ct);
        (act.State, act.EndedAt, act.NodeId, act.LeaseUntil) = (BulkState.Done, clock.GetUtcNow(), null, null);
    }

    private async Task EndAsync(Guid id, BulkState state, string reason, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<KernelDb>();
        await db.WriteAsync(
            async inner =>
            {
                var act = await db.Set<BulkAct>().FirstAsync(a => a.Id == id, inner);
                if (act.State == BulkState.Running && act.NodeId == _node)
                    (act.State, act.Reason, act.NodeId, act.LeaseUntil) = (state, reason, null, null);
            },
            ct);
    }

    [LoggerMessage(LogLevel.Error, "The bulk act {Act} failed.")]
    private partial void LogFailed(Exception failure, Guid act);
}
