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
internal sealed class WhenTaskPlanned(CrmDb db, IDueFacts due, INotices notices, IRecordSharing sharing, IStaff staff, IEnumerable<IContactRestriction> restrictions) : IEventHandler<TaskPlanned>
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

        await PlanAsync(TaskNotices.Reminder, task.Id, isLive ? task.RemindAt() : null, isNew, at => new TaskDue(task.Id, at), ct);
        var isGiven = isLive && task.GiverUserId is not null && task.GiverUserId != task.Spine.OwnerId;
        await PlanAsync(TaskNotices.Lateness, task.Id, isGiven ? task.Due : null, isNew, at => new TaskLate(task.Id, at), ct);
    }

    private async Task PlanAsync<TFact>(string purpose, Guid task, DateTimeOffset? at, bool isNew, Func<DateTimeOffset, TFact> fact, CancellationToken ct)
        where TFact : notnull
    {
        if (at is { } moment)
            await due.PlanAsync(task, purpose, moment, fact(moment), ct);
        else if (!isNew)
            await due.CancelAsync(task, purpose, ct);
    }

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
