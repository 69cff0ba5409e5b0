using System.Text.Json;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Audit;
using Crm.Kernel.Data;
using Crm.Kernel.Outbox;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Bulk;

/// <summary>Begins bulk acts, stops them, lets them go on and takes them back. The work itself is done by <see cref="BulkRun"/>.</summary>
internal sealed class BulkDoor(KernelDb db, Actor actor, TimeProvider clock, IEnumerable<IBulkWork> works, [FromKeyedServices(BulkServices.Bell)] OutboxSignal bell)
{
    /// <summary>Writes an act down, in the unit that runs where one does; after the commit the worker is woken, or somebody finishes it.</summary>
    public async Task<BulkAct> BeginAsync(string kind, string what, object parameters, long? total, CancellationToken ct)
    {
        var audit = new AuditAct { At = clock.GetUtcNow(), UserId = actor.UserId, Door = actor.Door, What = what };
        var act = new BulkAct
        {
            Kind = kind, What = what, Parameters = JsonSerializer.Serialize(parameters, BulkText.Json), UserId = actor.UserId, RunsAsId = actor.UserId,
            At = audit.At, ActId = audit.Id, Total = total,
        };
        db.Add(audit);
        db.Add(act);
        await db.SaveChangesAsync(ct);
        return act;
    }

    /// <summary>Tells the worker that something was committed for it.</summary>
    public void Wake() => bell.Wake();

    /// <summary>The acts that the caller may look at: his own, and an administrator's are all.</summary>
    public async Task<IQueryable<BulkAct>> MineAsync(CancellationToken ct)
    {
        var rights = await db.RightsAsync(ct);
        var all = db.Set<BulkAct>().AsNoTracking();
        return rights.May(CorePermissions.AdministerSite.Name) ? all : all.Where(a => a.UserId == rights.UserId && a.UserId != null);
    }

    /// <summary>Ends the work after the chunk that is being done.</summary>
    public Task StopAsync(Guid id, CancellationToken ct) => ChangeAsync(
        id,
        act =>
        {
            if (act.IsLive)
                (act.State, act.Reason, act.NodeId, act.LeaseUntil) = (BulkState.Stopped, null, null, null);
            return Task.CompletedTask;
        },
        ct);

    /// <summary>Goes on where it was stopped, by the rights of who says so; what a filter chooses goes on by the rights of who chose, or it would choose more.</summary>
    public Task ResumeAsync(Guid id, CancellationToken ct) => ChangeAsync(
        id,
        act =>
        {
            if (act is { State: BulkState.Stopped or BulkState.Failed, UndoId: null })
                (act.State, act.Reason, act.RunsAsId) = (BulkState.Waiting, null, act.Kind == EditWork.Name && act.Told<EditTold>().Ids is null ? act.UserId : actor.UserId);
            return Task.CompletedTask;
        },
        ct);

    /// <summary>Begins the act that takes another back.</summary>
    /// <exception cref="RuleViolation">It runs, is taken back already, or can't be.</exception>
    public async Task<BulkAct> UndoAsync(Guid id, CancellationToken ct)
    {
        BulkAct? undo = null;
        await ChangeAsync(
            id,
            async act =>
            {
                if (act.IsLive)
                    throw new RuleViolation("act", "It is running: stop it first.");
                if (act.UndoId is not null || act.State == BulkState.Undone)
                    throw new RuleViolation("act", "It is undone already.");
                var kind = works.FirstOrDefault(w => w.Kind == act.Kind)?.Undo ?? throw new RuleViolation("act", "This can't be undone.");
                var touched = await db.Set<BulkRow>().LongCountAsync(r => r.BulkId == id && r.Reason == null, ct);
                undo = await BeginAsync(kind, $"Undid: {act.What}", new UndoneAct(act.Id), touched, ct);
                act.UndoId = undo.Id;
                await Heirs.TurnAsync(db, act, undo, ct);
            },
            ct);
        return undo!;
    }

    private async Task ChangeAsync(Guid id, Func<BulkAct, Task> change, CancellationToken ct)
    {
        if (!await (await MineAsync(ct)).AnyAsync(a => a.Id == id, ct))
            throw new RecordMissing();
        await db.WriteAsync(async inner => await change(await db.Set<BulkAct>().FirstAsync(a => a.Id == id, inner)), ct);
        bell.Wake();
    }
}

/// <summary>What an act that takes another back was told.</summary>
internal sealed record UndoneAct(Guid Act);
