using System.Globalization;
using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Activities.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Care;

/// <summary>Moves the open tasks that a rule made where the customer's day was corrected, and takes them away where there is none to care for now. What is done, and what somebody changed, is his and stays.</summary>
internal sealed class CorrectCareTasks(CrmDb db, IRecordReading reading, TimeProvider clock)
{
    private const int Written = 25;

    /// <summary>Says what is to be done for a day.</summary>
    public static void Plan(CrmTask task, CareRule rule, DateOnly on, DateOnly today, string zone)
    {
        var start = on.AddDays(-rule.DaysBefore);
        // Read in many languages, so in digits.
        task.Text = on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        task.Plan(start < today ? today : start, null, zone);
    }

    /// <summary>The days for which tasks of the rule are open and as it made them, by customer and year.</summary>
    /// <param name="since">Of customers alone that were changed since; null for all.</param>
    public async Task<Dictionary<Guid, List<CareMade>>> StandingAsync(CareRule rule, DateOnly today, DateTimeOffset? since, CancellationToken ct) =>
        (await Made(rule, today).AsNoTracking().Where(m => Untouched().Any(t => t.Id == m.MadeTask) && (since == null || db.Records.Any(r => r.Id == m.RecordId && r.UpdatedAt >= since))).ToListAsync(ct))
        .GroupBy(m => m.RecordId).ToDictionary(g => g.Key, g => g.ToList());

    /// <summary>Corrects what some of the customers' days say, and takes these customers from the standing ones.</summary>
    public async Task RunAsync(CareRule rule, Dictionary<Guid, List<CareMade>> standing, IReadOnlyList<RecordDay> days, DateOnly today, CancellationToken ct)
    {
        var wrong = new Dictionary<Guid, DateOnly?>();
        foreach (var (record, day) in days)
        {
            if (standing.Remove(record, out var made) && made.Exists(m => rule.DayIn(day, m.Year) != m.MadeFor))
                wrong[record] = day;
        }

        await WriteAsync(rule, wrong, today, ct);
    }

    /// <summary>Corrects for customers who were not among the days: they have none any more, or left the segment, which is no reason.</summary>
    public async Task RestAsync(CareRule rule, Dictionary<Guid, List<CareMade>> standing, DateOnly today, CancellationToken ct)
    {
        var wrong = new Dictionary<Guid, DateOnly?>();
        foreach (var (record, made) in standing)
        {
            if (await reading.ReadAsync(record, ct) is not { } said)
                continue;
            DateOnly? day = DateOnly.TryParseExact(said.Words.GetValueOrDefault(rule.Field), "d", CultureInfo.CurrentCulture, DateTimeStyles.None, out var read) ? read : null;
            if (day is null && said.Words.ContainsKey(rule.Field))
                continue;
            if (made.Exists(m => (day is { } d ? rule.DayIn(d, m.Year) : null) != m.MadeFor))
                wrong[record] = day;
        }

        await WriteAsync(rule, wrong, today, ct);
    }

    private IQueryable<CareMade> Made(CareRule rule, DateOnly today) => db.Set<CareMade>().Where(m => m.RuleId == rule.Id && m.Year >= today.Year && m.MadeFor != null);

    // A rule is nobody: who changes a task afterwards has a name.
    private IQueryable<CrmTask> Untouched() => db.Set<CrmTask>().Where(t => t.State == TaskState.Open && t.Spine.DeletedAt == null && t.Spine.UpdatedById == null);

    private async Task WriteAsync(CareRule rule, Dictionary<Guid, DateOnly?> wrong, DateOnly today, CancellationToken ct)
    {
        foreach (var chunk in wrong.Chunk(Written))
        {
            await db.WriteAsync(
                async inner =>
                {
                    var ids = chunk.Select(c => c.Key).ToList();
                    var made = await Made(rule, today).Where(m => ids.Contains(m.RecordId)).ToListAsync(inner);
                    var asked = made.ConvertAll(m => m.MadeTask);
                    var tasks = await Untouched().Include(t => t.Spine.Abouts).Where(t => asked.Contains(t.Id)).ToDictionaryAsync(t => t.Id, inner);
                    foreach (var one in made.Where(m => tasks.ContainsKey(m.MadeTask)))
                        Correct(rule, one, tasks[one.MadeTask], chunk.First(c => c.Key == one.RecordId).Value, today);
                    await db.SaveChangesAsync(inner);
                },
                ct);
            db.ChangeTracker.Clear();
        }
    }

    private void Correct(CareRule rule, CareMade made, CrmTask task, DateOnly? day, DateOnly today)
    {
        var on = day is { } there ? rule.DayIn(there, made.Year) : null;
        if (on == made.MadeFor)
            return;
        if (on is { } moved && rule.IsTime(moved, today))
        {
            Plan(task, rule, moved, today, task.Zone);
            made.MadeFor = moved;
            return;
        }

        // When the right day comes, the rule makes it anew.
        task.Spine.DeletedAt = clock.GetUtcNow();
        db.Remove(made);
    }
}
