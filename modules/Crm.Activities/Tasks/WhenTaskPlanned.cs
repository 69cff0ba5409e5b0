using Crm.Abstractions.Contacts;
using Crm.Abstractions.Data;
using Crm.Abstractions.Events;
using Crm.Abstractions.Notifications;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Tasks;

/// <summary>Gives a new task to somebody, plans its reminder, tells whom it concerns, and refuses a contact with a customer whom others are designated for.</summary>
internal sealed class WhenTaskPlanned(CrmDb db, TellOnce tell, INotices notices, IRecordSharing sharing, IStaff staff, IEnumerable<IContactRestriction> restrictions) : IEventHandler<TaskPlanned>
{
    public async Task HandleAsync(TaskPlanned fact, CancellationToken ct)
    {
        if (await db.Set<CrmTask>().Include(t => t.Spine).FirstOrDefaultAsync(t => t.Id == fact.TaskId, ct) is not { } task)
            return;
        var isNew = task.TakeNew();
        if (isNew)
            await GiveAsync(task, (await db.RightsAsync(ct)).UserId, ct);
        if (task.Zone.Length == 0)
            task.Zone = (await staff.ZoneOfAsync((await db.RightsAsync(ct)).UserId ?? task.Spine.OwnerId, ct)).Id;
        task.BeginSeries();
        var isLive = task.IsOpen && task.Spine.DeletedAt is null && task.Spine.ErasedAt is null;
        if (isLive && task is { Channel: not null, AboutId: { } about } && task.Spine.OwnerId is { } assignee)
        {
            foreach (var restriction in restrictions)
                await restriction.CheckAsync(new RecordRef(about), assignee, ct);
        }

        await tell.PlanAsync(task.Id, TaskNotices.Reminder, isLive ? Whom(task.RemindAt(), task.Spine.OwnerId) : null, isNew, at => new TaskDue(task.Id, at), ct);
        var isGiven = isLive && task.GiverUserId is not null && task.GiverUserId != task.Spine.OwnerId;
        await tell.PlanAsync(task.Id, TaskNotices.Lateness, isGiven ? Whom(task.Due, task.GiverUserId) : null, isNew, at => new TaskLate(task.Id, at), ct);
    }

    private static (DateTimeOffset At, Guid User)? Whom(DateTimeOffset? at, Guid? user) => at is { } moment && user is { } one ? (moment, one) : null;

    // A task that nobody was named for is its maker's own; who gives one away goes on seeing how far it is.
    private async Task GiveAsync(CrmTask task, Guid? me, CancellationToken ct)
    {
        if (task.Spine.OwnerId is null)
            task.Assign(me);
        if (task.Spine.OwnerId is not { } assignee)
            return;
        if (!task.IsFollowing && me is { } maker && assignee != maker)
        {
            task.GivenBy(maker);
            notices.Tell(new Notice(assignee, TaskNotices.Assigned.Name, "A task for you: {0}", task.Subject) { RecordId = task.Id });
        }

        if (task.GiverUserId is { } giver && giver != assignee)
            await sharing.ShareAsync(task, giver, mayEdit: true, ct);
    }
}
