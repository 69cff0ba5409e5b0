using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Activities.Interactions;
using Crm.Activities.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Calls;

/// <summary>Ends a call of the list: the contact is logged, the task done, the next call planned where one is wanted; all of it or nothing.</summary>
internal sealed class LogCall(CrmDb db, LogInteraction log, CompleteTask complete, ReopenTask reopen, PlanTask plan, CallList list, TimeProvider clock)
{
    /// <exception cref="RuleViolation">Something in it is wrong; or others are designated for the customer.</exception>
    public async Task<LoggedCall> RunAsync(Guid taskId, CallResult result, CancellationToken ct)
    {
        LoggedCall? logged = null;
        await db.WriteAsync(
            async inner =>
            {
                var task = await list.FindAsync(taskId, inner) ?? throw new RuleViolation("", "This call is not in the list any more.");
                if (!await db.MayAsync(ActivitiesPermissions.EditTodo, task.Spine, inner))
                    throw new NotAllowed();
                // The task is his, the customer may not be.
                if (await log.FindAsync(task.AboutId!.Value, inner) is null)
                    throw new RuleViolation("", "You may not log contacts with this customer: give the task to a colleague who may.");
                var contact = new LoggedContact(ActivitiesLists.Phone, Direction.Outgoing, clock.GetUtcNow(), task.Subject) { Text = result.Note, Outcome = result.Outcome };
                var interaction = await log.RunAsync(task.AboutId!.Value, contact, inner);
                await complete.RunAsync(task, new Dictionary<string, object?>(), inner);
                var next = result.AgainOn is { } on
                    ? await plan.RunAsync(task.AboutId, new PlannedTask(task.Subject, on, result.AgainAt, result.Zone) { Channel = ActivitiesLists.Phone, Text = task.Text }, inner)
                    : null;
                logged = new LoggedCall(interaction.Id, next?.Id);
            },
            ct);
        return logged!;
    }

    /// <summary>Takes a call back that was ended by a wrong key: the contact goes into the bin, and the task is open again.</summary>
    /// <returns>False where it is not the caller's to be taken back.</returns>
    public async Task<bool> UndoAsync(Guid taskId, LoggedCall logged, CancellationToken ct)
    {
        var isDone = false;
        await db.WriteAsync(
            async inner =>
            {
                // The unit may run again, so it begins with what is there now.
                var task = await list.FindEndedAsync(taskId, inner);
                isDone = task is not null;
                if (task is not null)
                    await UndoneAsync(task, logged, inner);
            },
            ct);
        return isDone;
    }

    private async Task UndoneAsync(CrmTask task, LoggedCall logged, CancellationToken ct)
    {
        var me = (await db.RightsAsync(ct)).UserId;
        var now = clock.GetUtcNow();
        // One's own of a moment ago, about this customer; nothing else is taken back by this way.
        var made = await db.Records.Where(r => (r.Id == logged.InteractionId || r.Id == logged.NextId) && r.CreatedById == me && r.CreatedAt > now.AddHours(-1) && r.DeletedAt == null)
            .Select(r => r.Id).ToListAsync(ct);
        foreach (var interaction in await db.Set<Interaction>().Include(i => i.Spine.Abouts).Where(i => made.Contains(i.Id) && i.Spine.DecidedById == task.AboutId).ToListAsync(ct))
            interaction.Spine.DeletedAt = now;
        foreach (var next in await db.Set<CrmTask>().Include(t => t.Spine).Where(t => made.Contains(t.Id) && t.AboutId == task.AboutId && t.State == TaskState.Open).ToListAsync(ct))
            next.Spine.DeletedAt = now;
        await reopen.RunAsync(task, new Dictionary<string, object?>(), ct);
    }
}
