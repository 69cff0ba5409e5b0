using Crm.Abstractions.Jobs;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Crm.Kernel.Jobs;

/// <summary>A job as the jobs page and the command show it.</summary>
/// <param name="Next">When it runs next; null where it is paused, off, or no server runs.</param>
internal sealed record JobRow(JobDescription Job, bool IsOn, JobState State, JobRun? Last, DateTimeOffset? Next, bool IsLate);

/// <summary>Reads what the jobs do.</summary>
internal sealed class JobList(KernelDb db, IEnumerable<JobDescription> jobs, Contributions contributions, ISchedulerFactory schedulers, TimeProvider clock)
{
    public async Task<IReadOnlyList<JobRow>> AllAsync(CancellationToken ct)
    {
        var states = await db.Set<JobState>().AsNoTracking().ToDictionaryAsync(s => s.Name, StringComparer.Ordinal, ct);
        var lasts = await db.Set<JobRun>().AsNoTracking().Where(r => !db.Set<JobRun>().Any(o => o.Job == r.Job && o.Id > r.Id)).ToDictionaryAsync(r => r.Job, ct);
        var scheduler = await schedulers.GetScheduler(ct);
        var rows = new List<JobRow>();
        foreach (var job in jobs.OrderBy(j => j.Name, StringComparer.Ordinal))
        {
            var state = states.GetValueOrDefault(job.Name) ?? new JobState { Name = job.Name, KnownSince = clock.GetUtcNow() };
            var isOn = contributions.IsOn(job.Job, Abstractions.Security.Rights.System);
            var runs = isOn && state.PausedAt is null;
            var next = runs ? (await scheduler.GetTrigger(new TriggerKey(job.Name), ct))?.NextFireTimeUtc : null;
            rows.Add(new JobRow(job, isOn, state, lasts.GetValueOrDefault(job.Name), next, runs && IsLate(job, state, clock.GetUtcNow())));
        }

        return rows;
    }

    public Task<List<JobRun>> RunsAsync(string job, CancellationToken ct) =>
        db.Set<JobRun>().AsNoTracking().Where(r => r.Job == job).OrderByDescending(r => r.Id).ToListAsync(ct);

    /// <summary>Says whether it has not succeeded for longer than it may.</summary>
    public static bool IsLate(JobDescription job, JobState state, DateTimeOffset now) =>
        now - (state.SucceededAt ?? state.KnownSince) > job.AlarmAfter;
}
