using Crm.Abstractions.Data;
using Crm.Abstractions.Notifications;
using Crm.Abstractions.Records;

namespace Crm.Activities.Tasks;

/// <summary>Ends a task: it is done.</summary>
internal sealed class CompleteTask(CrmDb db, INotices notices, FollowingTask following, TimeProvider clock) : IVerb<CrmTask>
{
    public async Task RunAsync(CrmTask record, IReadOnlyDictionary<string, object?> input, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(record);
        var me = (await db.RightsAsync(ct)).UserId;
        record.Complete(me, clock.GetUtcNow());
        if (record.GiverUserId is { } giver && giver != me)
            notices.Tell(new Notice(giver, TaskNotices.Done.Name, "Done: {0}", record.Spine.Title) { RecordId = record.Id });
        await following.MakeAsync(record, ct);
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>Leaves one of a series out: it is not done, and the next one is made.</summary>
internal sealed class SkipTask(CrmDb db, FollowingTask following, TimeProvider clock) : IVerb<CrmTask>
{
    public async Task RunAsync(CrmTask record, IReadOnlyDictionary<string, object?> input, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Recurrence is null)
            throw new RuleViolation("recurrence", "It does not come again: complete it, or cancel it.");
        record.Cancel((await db.RightsAsync(ct)).UserId, clock.GetUtcNow());
        await following.MakeAsync(record, ct);
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>Ends a task: it need not be done any more, and does not come again.</summary>
internal sealed class CancelTask(CrmDb db, TimeProvider clock) : IVerb<CrmTask>
{
    public async Task RunAsync(CrmTask record, IReadOnlyDictionary<string, object?> input, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(record);
        record.Cancel((await db.RightsAsync(ct)).UserId, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>Takes up a task that was ended.</summary>
internal sealed class ReopenTask(CrmDb db, FollowingTask following) : IVerb<CrmTask>
{
    public async Task RunAsync(CrmTask record, IReadOnlyDictionary<string, object?> input, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(record);
        record.Reopen();
        await following.TakeBackAsync(record, ct);
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>Puts a task off to a later moment; a task without a time of day stays one.</summary>
internal sealed class SnoozeTask(CrmDb db, TimeProvider clock) : IVerb<CrmTask>
{
    public async Task RunAsync(CrmTask record, IReadOnlyDictionary<string, object?> input, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(input);
        var until = (DateTimeOffset)input["until"]!;
        if (!record.IsOpen)
            throw new RuleViolation("state", "It is no longer open.");
        if (until <= clock.GetUtcNow())
            throw new RuleViolation("until", "Choose a moment that is still to come.");
        var local = LocalTime.Local(until, LocalTime.Zone(record.Zone));
        if (!LocalTime.IsPlannable(DateOnly.FromDateTime(local)))
            throw new RuleViolation("until", "This can't be a day for it.");
        record.Plan(DateOnly.FromDateTime(local), record.DueTime is null && record.DueOn is not null ? null : TimeOnly.FromDateTime(local), record.Zone);
        await db.SaveChangesAsync(ct);
    }
}
