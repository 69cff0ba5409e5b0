using Crm.Abstractions.Data;
using Crm.Abstractions.Events;
using Crm.Abstractions.Jobs;
using Crm.Abstractions.Notifications;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Tasks;

/// <summary>Reminds the assignee of an open task, once.</summary>
internal sealed class WhenTaskDue(CrmDb db, TellOnce tell, INotices notices, TimeProvider clock) : IEventHandler<TaskDue>
{
    public async Task HandleAsync(TaskDue fact, CancellationToken ct)
    {
        var task = await db.Set<CrmTask>().Include(t => t.Spine).FirstOrDefaultAsync(t => t.Id == fact.TaskId, ct);
        if (task is not { IsOpen: true, Spine: { DeletedAt: null, OwnerId: { } assignee } } || task.RemindAt() != fact.At)
            return;
        var text = clock.GetUtcNow() - fact.At > IDueFacts.LateAfter ? "Due, told late: {0}" : "Due: {0}";
        notices.Tell(new Notice(assignee, TaskNotices.Due.Name, text, task.Spine.Title) { RecordId = task.Id });
        await tell.NoteAsync(task.Id, TaskNotices.Reminder, fact.At, assignee, ct);
    }
}
