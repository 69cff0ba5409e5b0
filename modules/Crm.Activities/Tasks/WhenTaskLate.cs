using Crm.Abstractions.Data;
using Crm.Abstractions.Events;
using Crm.Abstractions.Notifications;
using Crm.Abstractions.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Tasks;

/// <summary>Tells whoever gave a task away that it is overdue, once.</summary>
internal sealed class WhenTaskLate(CrmDb db, TellOnce tell, INotices notices, IStaff staff) : IEventHandler<TaskLate>
{
    public async Task HandleAsync(TaskLate fact, CancellationToken ct)
    {
        var task = await db.Set<CrmTask>().Include(t => t.Spine).FirstOrDefaultAsync(t => t.Id == fact.TaskId, ct);
        if (task is not { IsOpen: true, GiverUserId: { } giver, Spine: { DeletedAt: null, OwnerId: { } assignee } } || task.Due != fact.At || assignee == giver)
            return;
        var name = (await staff.NamesAsync([assignee], ct)).GetValueOrDefault(assignee, "–");
        notices.Tell(new Notice(giver, TaskNotices.Late.Name, "Overdue with {0}: {1}", name, task.Spine.Title) { RecordId = task.Id });
        await tell.NoteAsync(task.Id, TaskNotices.Lateness, fact.At, giver, ct);
    }
}
