using System.Data;
using Crm.Abstractions.Events;
using Crm.Abstractions.Records;
using Crm.Kernel.Audit;
using Crm.Kernel.Live;
using Crm.Kernel.Notifications;
using Crm.Kernel.Outbox;
using Crm.Kernel.Security;
using Crm.Kernel.Search;
using Crm.Kernel.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Data;

/// <summary>One unit of work, all or nothing: stamp, flush, handlers until no new facts; then audit, timeline, search, outbox; commit.</summary>
internal sealed class SaveUnit(
    KernelDb db,
    RecordStamper stamper,
    Mentions mentions,
    AuditTrail audit,
    FactDispatcher facts,
    TimelineWriter timeline,
    SearchWriter search,
    OutboxSignal outbox,
    LiveNews news,
    LiveHub live,
    Actor actor)
{
    // A handler that raises what it answers would run for ever.
    private const int MaxRounds = 20;
    private readonly ChangedRecords _changed = new();

    /// <summary>A save inside the unit: stamped, audited and flushed as its own rounds are, so that what follows can query it.</summary>
    public Task<int> JoinAsync(CancellationToken ct) => FlushAsync(isLookedAt: false, ct);

    public async Task<int> RunAsync(bool serializable, Func<CancellationToken, Task>? work, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(
            serializable ? IsolationLevel.Serializable : IsolationLevel.Unspecified, ct);
        if (work is not null)
            await work(ct);
        // From here on nothing is looked for but by a flush: it is a pass over all that is tracked.
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            // Whoever asks for a save without more has just looked for changes, to know whether there are any.
            var (rows, sent) = await RoundsAsync(isLookedAt: work is null, ct);
            await audit.WriteAsync(db, ct);
            await timeline.WriteAsync(db, _changed, ct);
            await db.FlushAsync(ct);
            await search.WriteAsync(db, _changed, ct);
            await transaction.CommitAsync(ct);
            if (sent)
                outbox.Wake();
            live.Tell(news.Take(actor.UserId, ShownOn()));
            return rows;
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    // What was saved, and the pages on which it stands: its timeline entries are news there.
    private IEnumerable<Guid> ShownOn()
    {
        var spines = db.ChangeTracker.Entries<Spine>().Select(e => e.Entity).Where(s => _changed.Saved.Contains(s.Id)).ToList();
        return _changed.Saved.Concat(spines.Select(s => s.DecidedById).OfType<Guid>()).Concat(spines.SelectMany(s => s.Abouts).Select(a => a.AboutId)).Distinct();
    }

    private async Task<(int Rows, bool Sent)> RoundsAsync(bool isLookedAt, CancellationToken ct)
    {
        var (rows, sent, more) = (0, false, true);
        for (var round = 0; more; round++)
        {
            if (round == MaxRounds)
                throw new InvalidOperationException("Facts keep raising facts; the save was given up.");
            rows += await FlushAsync(isLookedAt && round == 0, ct);
            foreach (var source in db.ChangeTracker.Entries<IFactSource>().ToList())
                db.Facts.AddRange(source.Entity.TakeFacts());
            if (_changed.TakeMade(db) is { Count: > 0 } made)
                db.Raise(new RecordsAdded(made));
            var raised = db.Facts.ToList();
            db.Facts.Clear();
            sent |= await facts.DispatchAsync(db, raised, ct);
            // Nobody but a handler changes anything here.
            more = raised.Count > 0;
        }

        return (rows, sent);
    }

    private async Task<int> FlushAsync(bool isLookedAt, CancellationToken ct)
    {
        // Looking for changes is a pass over all that is tracked: once a flush, and afterwards only where the stamps were written.
        var detects = db.ChangeTracker.AutoDetectChangesEnabled;
        if (!isLookedAt)
            db.ChangeTracker.DetectChanges();
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            foreach (var written in await stamper.StampAsync(db, _changed, ct))
                db.Entry(written).DetectChanges();
            await mentions.TellAsync(db, ct);
            audit.Collect(db);
            return await db.FlushAsync(ct);
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = detects;
        }
    }
}
