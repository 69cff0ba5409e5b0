using System.Globalization;
using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Activities.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Care;

/// <summary>Makes the tasks for which a rule's time has come, as often as it is asked: a rule makes one about a customer and year. Nobody is asked to care for a customer without owner.</summary>
internal sealed class FollowCareRule(CrmDb db, IRecordLists lists, CorrectCareTasks correct, IStaff staff, TimeProvider clock)
{
    private const int Read = 1000;
    private const int Written = 25;

    // A save that began before the last look may have ended after it.
    private static readonly TimeSpan _overlap = TimeSpan.FromMinutes(10);
    private readonly Dictionary<Guid, string> _zones = [];

    /// <returns>How many tasks were made.</returns>
    public async Task<int> RunAsync(Guid ruleId, CancellationToken ct)
    {
        if (await db.Set<CareRule>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == ruleId, ct) is not { } rule)
            return 0;
        try
        {
            var now = clock.GetUtcNow();
            var today = DateOnly.FromDateTime(LocalTime.Local(now, await staff.ZoneOfAsync(null, ct)));
            var walk = await db.Set<CareWalk>().AsNoTracking().FirstOrDefaultAsync(w => w.RuleId == ruleId, ct);
            var made = await FollowAsync(rule, today, walk?.FollowedOn == today ? walk.FollowedTo - _overlap : null, ct);
            await NoteAsync(rule, null, ct);
            await FollowedAsync(rule, today, now, ct);
            return made;
        }
        catch (RuleViolation wrong)
        {
            // A view that was removed, a field that is no more: said at the rule, and the others go on.
            db.ChangeTracker.Clear();
            await NoteAsync(rule, CareRule.NoteProblem(wrong.Messages.First().Value[0]), ct);
            return 0;
        }
    }

    private async Task<int> FollowAsync(CareRule rule, DateOnly today, DateTimeOffset? since, CancellationToken ct)
    {
        var (made, after) = (0, Guid.Empty);
        var standing = await correct.StandingAsync(rule, today, since, ct);
        var changed = since is { } from ? string.Create(CultureInfo.InvariantCulture, $"updatedAt ge {from.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}") : null;
        var filter = string.Join(" and ", new[] { SegmentFilter.Of(rule.Segment), changed }.OfType<string>());
        while (true)
        {
            var days = await lists.DaysAsync(rule.Kind, rule.Field, filter.Length == 0 ? null : filter, after, Read, ct);
            await correct.RunAsync(rule, standing, days, today, ct);
            var due = days.Select(d => (d.Id, On: rule.DueOn(d.Day, today))).Where(d => d.On is not null).Select(d => (d.Id, d.On!.Value)).ToList();
            foreach (var chunk in due.Chunk(Written))
                made += await MakeAsync(rule, chunk, today, ct);
            if (days.Count < Read)
            {
                await correct.RestAsync(rule, standing, today, ct);
                return made;
            }

            after = days[^1].Id;
        }
    }

    private async Task<int> MakeAsync(CareRule rule, (Guid Record, DateOnly On)[] due, DateOnly today, CancellationToken ct)
    {
        var made = 0;
        await db.WriteAsync(
            async inner =>
            {
                made = 0;
                var ids = due.Select(d => d.Record).ToList();
                var done = (await db.Set<CareMade>().Where(m => m.RuleId == rule.Id && ids.Contains(m.RecordId)).Select(m => new { m.RecordId, m.Year }).ToListAsync(inner))
                    .Select(m => (m.RecordId, m.Year)).ToHashSet();
                var owners = await db.Records.Where(r => ids.Contains(r.Id) && r.OwnerId != null && r.DeletedAt == null && r.ErasedAt == null).ToDictionaryAsync(r => r.Id, r => r.OwnerId!.Value, inner);
                foreach (var (record, on) in due.Where(d => owners.ContainsKey(d.Record) && !done.Contains((d.Record, d.On.Year))))
                {
                    var task = CrmTask.New();
                    (task.Subject, task.AboutId, task.RemindMinutes) = (rule.Subject, record, 0);
                    task.Assign(owners[record]);
                    CorrectCareTasks.Plan(task, rule, on, today, await ZoneAsync(owners[record], inner));
                    db.Add(task);
                    db.Add(new CareMade { RuleId = rule.Id, RecordId = record, Year = on.Year, MadeTask = task.Id, MadeFor = on });
                    made++;
                }

                await db.SaveChangesAsync(inner);
            },
            ct);
        db.ChangeTracker.Clear();
        return made;
    }

    private async Task<string> ZoneAsync(Guid user, CancellationToken ct) =>
        _zones.TryGetValue(user, out var zone) ? zone : _zones[user] = (await staff.ZoneOfAsync(user, ct)).Id;

    // Where the rule was changed meanwhile, it is followed anew.
    private Task FollowedAsync(CareRule rule, DateOnly today, DateTimeOffset to, CancellationToken ct) => db.WriteAsync(
        async inner =>
        {
            if (await db.Set<CareRule>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == rule.Id, inner) is not { } now || !now.IsAs(rule))
                return;
            if (await db.Set<CareWalk>().FirstOrDefaultAsync(w => w.RuleId == rule.Id, inner) is not { } walk)
                db.Add(walk = new CareWalk { RuleId = rule.Id });
            (walk.FollowedOn, walk.FollowedTo) = (today, to);
            await db.SaveChangesAsync(inner);
        },
        ct);

    private async Task NoteAsync(CareRule rule, string? problem, CancellationToken ct)
    {
        if (rule.Problem == problem || await db.Set<CareRule>().FirstOrDefaultAsync(r => r.Id == rule.Id, ct) is not { } kept)
            return;
        kept.Problem = problem;
        await db.SaveChangesAsync(ct);
    }
}
