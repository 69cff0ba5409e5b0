using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Activities.Cadence;
using Crm.Activities.Consents;
using Crm.Activities.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Calls;

/// <summary>Whom to call: all of a segment, and why.</summary>
internal sealed record PlannedCalls(string Kind, string Segment, PlannedTask Call);

/// <summary>What became of a call list.</summary>
/// <param name="Made">Calls that were planned.</param>
/// <param name="Waiting">Customers for whom the colleague has a call planned already.</param>
/// <param name="Refused">Customers whom only others may contact.</param>
/// <param name="Unwilling">Customers who have refused calls.</param>
/// <param name="Often">Customers of those who are called that hear from us too often already.</param>
internal sealed record MadeCalls(int Made, int Waiting, int Refused, int Unwilling, int Often);

/// <summary>Plans a call with each customer of a segment, as far as the caller sees them; whom the colleague is to call already is left out, so that doing it twice changes nothing, and so is who has refused calls.</summary>
internal sealed class MakeCallList(CrmDb db, IRecordLists lists, PlanTask plan, Refusals refusals, TooOften tooOften, TimeProvider clock)
{
    public const int Most = 1000;
    private const int Chunk = 20;

    /// <exception cref="RuleViolation">There is no such segment, it is too long, or the call makes no sense.</exception>
    public async Task<MadeCalls> RunAsync(PlannedCalls calls, CancellationToken ct)
    {
        if (!(await lists.SegmentsAsync(calls.Kind, ct)).Contains(calls.Segment, StringComparer.OrdinalIgnoreCase))
            throw new RuleViolation("segment", "There is no such view.");
        var ids = await lists.IdsAsync(calls.Kind, SegmentFilter.Of(calls.Segment), Guid.Empty, Most + 1, ct);
        if (ids.Count > Most)
            throw new RuleViolation("segment", "These are more than {0} customers: narrow the view.", Most);
        var unwilling = await refusals.AmongAsync(ids, ActivitiesLists.Phone, ct);
        var called = ids.Where(id => !unwilling.Contains(id)).ToList();
        var often = await tooOften.CountAsync(called, ActivitiesLists.Phone, clock.GetUtcNow(), ct);
        var (made, refused) = (0, 0);
        foreach (var chunk in called.Chunk(Chunk))
        {
            var (done, no) = await ChunkAsync(chunk, calls.Call, ct);
            (made, refused) = (made + done, refused + no);
        }

        return new MadeCalls(made, ids.Count - made - refused - unwilling.Count, refused, unwilling.Count, often);
    }

    private async Task<(int Made, int Refused)> ChunkAsync(Guid[] customers, PlannedTask call, CancellationToken ct)
    {
        try
        {
            return (await UnitAsync(customers, call, ct), 0);
        }
        catch (RuleViolation wrong) when (wrong.Errors.ContainsKey("") && customers.Length > 1)
        {
            // One of them may be contacted by others only: each alone.
            db.ChangeTracker.Clear();
        }
        catch (RuleViolation wrong) when (wrong.Errors.ContainsKey(""))
        {
            db.ChangeTracker.Clear();
            return (0, 1);
        }

        var (made, refused) = (0, 0);
        foreach (var customer in customers)
        {
            var (done, no) = await ChunkAsync([customer], call, ct);
            (made, refused) = (made + done, refused + no);
        }

        return (made, refused);
    }

    private async Task<int> UnitAsync(Guid[] customers, PlannedTask call, CancellationToken ct)
    {
        var made = 0;
        var assignee = call.AssigneeId ?? (await db.RightsAsync(ct)).UserId;
        await db.WriteAsync(
            async inner =>
            {
                var waiting = await db.Set<CrmTask>().Where(t => customers.Contains(t.AboutId!.Value) && t.State == TaskState.Open && t.Channel == ActivitiesLists.Phone
                    && t.Spine.OwnerId == assignee && t.Spine.DeletedAt == null).Select(t => t.AboutId!.Value).ToListAsync(inner);
                var wanted = customers.Except(waiting).ToList();
                foreach (var customer in wanted)
                    await plan.RunAsync(customer, call with { Channel = ActivitiesLists.Phone }, inner);
                made = wanted.Count;
            },
            ct);
        return made;
    }
}
