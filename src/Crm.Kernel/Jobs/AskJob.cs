using Crm.Abstractions.Jobs;
using Crm.Abstractions.Records;
using Crm.Kernel.Audit;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Crm.Kernel.Jobs;

/// <summary>Runs a job now, also where it is paused.</summary>
internal sealed class AskJob(KernelDb db, IEnumerable<JobDescription> jobs, Contributions contributions, ISchedulerFactory schedulers, Actor actor, TimeProvider clock)
{
    /// <summary>Asks for a run, which begins on one of the nodes.</summary>
    /// <exception cref="RecordMissing">There is no such job.</exception>
    /// <exception cref="RuleViolation">Its module is off.</exception>
    public async Task<JobDescription> RunAsync(string name, CancellationToken ct)
    {
        var job = jobs.FirstOrDefault(j => string.Equals(j.Name, name, StringComparison.OrdinalIgnoreCase)) ?? throw new RecordMissing();
        // It would begin nowhere, and who waits for its end would wait for ever.
        if (!contributions.IsOn(job.Job, Abstractions.Security.Rights.System))
            throw new RuleViolation("", "The module of this job is off.");
        db.Add(new AuditAct { At = clock.GetUtcNow(), UserId = actor.UserId, Door = actor.Door, What = $"Ran the job {job.Name}" });
        await db.SaveChangesAsync(ct);
        var scheduler = await schedulers.GetScheduler(ct);
        await JobPlan.AddAsync(scheduler, job, ct);
        await scheduler.TriggerJob(new JobKey(job.Name), new JobDataMap { { JobRunner.Asked, "1" } }, ct);
        return job;
    }

    /// <summary>Asks for a run and waits for its end. A program that is no server becomes one for as long as it lasts.</summary>
    public async Task<JobRun> CompleteAsync(string name, CancellationToken ct)
    {
        var before = await db.Set<JobRun>().OrderByDescending(r => r.Id).Select(r => (Guid?)r.Id).FirstOrDefaultAsync(ct) ?? Guid.Empty;
        var job = await RunAsync(name, ct);
        var scheduler = await schedulers.GetScheduler(ct);
        if (scheduler.Status is SchedulerStatus.Created)
            await scheduler.Start(ct);
        while (true)
        {
            var run = await db.Set<JobRun>().AsNoTracking()
                .FirstOrDefaultAsync(r => r.Job == job.Name && r.Id > before && r.Cause == JobCause.Asked && r.Outcome != JobOutcome.Running, ct);
            if (run is not null)
                return run;
            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, ct);
        }
    }
}
