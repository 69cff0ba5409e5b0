using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Tasks;

/// <summary>A task as boxes and tiles show one.</summary>
/// <param name="About">The record that it is about, where the reader may see that.</param>
/// <param name="Assignee">Who is to do it, where that is not the reader.</param>
internal sealed record TaskRow(CrmTask Task, DueWord Due, RecordRow? About, string? Assignee, bool MayAct);

/// <summary>A record as a row leads to it.</summary>
internal sealed record RecordRow(string Title, string Url);

/// <summary>Reads tasks that the reader may see for boxes and tiles.</summary>
internal sealed class TaskRows(CrmDb db, IRecordTypes types, IStaff staff, DueWords words)
{
    /// <summary>The open tasks that are the reader's own; those of whom he follows come with the hand-over.</summary>
    public async Task<IQueryable<CrmTask>> MineAsync(CancellationToken ct)
    {
        var rights = await db.RightsAsync(ct);
        // A page that is not about tasks may ask as well.
        if (!rights.May(ActivitiesPermissions.ViewTodo))
            return db.Set<CrmTask>().AsNoTracking().Where(t => false);
        var owners = rights.Owners;
        // His are found first, by their owner, and not among everybody's by when they are due.
        var mine = db.Records.Where(r => owners.Contains(r.OwnerId!.Value) && r.Kind == CrmTask.KindName && r.DeletedAt == null).Select(r => r.Id);
        return db.Set<CrmTask>().AsNoTracking().Where(t => mine.Contains(t.Id) && t.State == TaskState.Open);
    }

    /// <param name="tasks">Few of them, and the reader may see each.</param>
    public async Task<IReadOnlyList<TaskRow>> ReadAsync(IQueryable<CrmTask> tasks, CancellationToken ct)
    {
        var found = await tasks.AsNoTracking().Include(t => t.Spine).ToListAsync(ct);
        var rights = await db.RightsAsync(ct);
        var abouts = await AboutsAsync([.. found.Select(t => t.AboutId).OfType<Guid>().Distinct()], ct);
        var names = await staff.NamesAsync([.. found.Select(t => t.Spine.OwnerId).OfType<Guid>().Where(o => !rights.Owns(o)).Distinct()], ct);
        var rows = new List<TaskRow>(found.Count);
        foreach (var task in found)
        {
            rows.Add(new TaskRow(
                task, words.Of(task), task.AboutId is { } about ? abouts.GetValueOrDefault(about) : null,
                task.Spine.OwnerId is { } owner ? names.GetValueOrDefault(owner) : null,
                await db.MayAsync(ActivitiesPermissions.EditTodo, task.Spine, ct)));
        }

        return rows;
    }

    private async Task<Dictionary<Guid, RecordRow>> AboutsAsync(List<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
            return [];
        var visible = await db.VisibleAmongAsync(ids, ct);
        var found = await visible.AsNoTracking().Select(r => new { r.Id, r.Kind, r.Title }).ToListAsync(ct);
        return found.ToDictionary(r => r.Id, r => new RecordRow(r.Title, types.Find(r.Kind)!.UrlOf(r.Id)));
    }
}
