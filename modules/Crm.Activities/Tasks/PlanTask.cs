using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Tasks;

/// <summary>What somebody plans: what is to be done, by when, by whom.</summary>
internal sealed record PlannedTask(string Subject, DateOnly? On, TimeOnly? Time, string Zone)
{
    /// <summary>Null for whoever plans it.</summary>
    public Guid? AssigneeId { get; init; }

    public string? Channel { get; init; }

    public string? Text { get; init; }
}

/// <summary>Makes a task about a record that the caller sees.</summary>
internal sealed class PlanTask(CrmDb db, IRecordTypes types, IStaff staff)
{
    private Guid? _known;

    /// <summary>The record as the caller sees it, or null.</summary>
    public async Task<Spine?> FindAsync(Guid about, CancellationToken ct) =>
        await (await db.VisibleAmongAsync([about], ct)).AsNoTracking().FirstOrDefaultAsync(ct);

    /// <exception cref="RuleViolation">Something in it is wrong, or he may not give tasks to others.</exception>
    public async Task<CrmTask> RunAsync(Guid? about, PlannedTask planned, CancellationToken ct)
    {
        var rights = await db.RightsAsync(ct);
        var task = CrmTask.New();
        (task.Subject, task.Text, task.Channel, task.AboutId, task.RemindMinutes) = (planned.Subject.Trim(), planned.Text?.Trim(), planned.Channel, about, 0);
        task.Plan(planned.On, planned.Time, planned.Zone);
        if (planned.AssigneeId is { } assignee && assignee != rights.UserId)
        {
            if (!rights.May(ActivitiesPermissions.AssignTasks.Name))
                throw new RuleViolation("assignee", "You are not allowed to give tasks to others.");
            // Many tasks may be planned for one colleague: he is looked up once.
            if (_known != assignee && !(await staff.ActiveAsync(ct)).Any(s => s.Id == assignee))
                throw new RuleViolation("assignee", "This was not found.");
            _known = assignee;
            task.Assign(assignee);
        }

        types.Of(typeof(CrmTask)).CheckTexts(task);
        task.Check();
        db.Add(task);
        await db.SaveChangesAsync(ct);
        return task;
    }
}
