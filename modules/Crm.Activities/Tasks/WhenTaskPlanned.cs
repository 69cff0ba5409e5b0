using Crm.Abstractions.Contacts;
using Crm.Abstractions.Data;
using Crm.Abstractions.Events;
using Crm.Abstractions.Jobs;
using Crm.Abstractions.Notifications;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Tasks;

/// <summary>Gives a new task to somebody, plans its reminder, tells whom it concerns, and refuses a contact with a customer whom others are designated for.</summary>
internal sealed class WhenTaskPlanned(CrmDb db, IDueFacts due, INotices notices, IRecordSharing sharing, IEnumerable<IContactRestriction> restrictions) : IEventHandler<TaskPlanned>
{
    public async Task HandleAsync(TaskPlanned fact, CancellationToken ct)
    {
        if (await db.Set<CrmTask>().Include(t => t.Spine).FirstOrDefaultAsync(t => t.Id == fact.TaskId, ct) is not { } task)
            return;
        if (task.TakeNew())
            await GiveAsync(task, (await db.RightsAsync(ct)).UserId, ct);
        var isLive = task.IsOpen && task.Spine.DeletedAt is null && task.Spine.ErasedAt is null;
        if (isLive && task is { Channel: not null, AboutId: { } about } && task.Spine.OwnerId is { } assignee)
        {
            foreach (var restriction in restrictions)
                await restriction.CheckAsync(new RecordRef(about), assignee, ct);
        }

        if (isLive && task.RemindAt() is { } at)
            await due.PlanAsync(task.Id, TaskNotices.Reminder, at, new TaskDue(task.Id, at), ct);
        else
            await due.CancelAsync(task.Id, TaskNotices.Reminder, ct);
    }

    // A task that nobody was named for is its maker's own; who gives one away goes on seeing how far it is.
    private async Task GiveAsync(CrmTask task, Guid? me, CancellationToken ct)
    {
        if (task.Spine.OwnerId is null)
            task.Assign(me);
        if (me is not { } giver || task.Spine.OwnerId is not { } assignee || assignee == giver)
            return;
        await sharing.ShareAsync(task, giver, mayEdit: true, ct);
        notices.Tell(new Notice(assignee, TaskNotices.Assigned.Name, "A task for you: {0}", task.Subject) { RecordId = task.Id });
    }
}
