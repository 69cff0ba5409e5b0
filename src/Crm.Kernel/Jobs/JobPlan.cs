using Crm.Abstractions.Jobs;
using Crm.Kernel.Data;
using Crm.Kernel.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace Crm.Kernel.Jobs;

/// <summary>Brings the scheduler in line with the jobs that the installed modules describe, at each start.</summary>
internal sealed class JobPlan(
    ISchedulerFactory schedulers, IEnumerable<JobDescription> jobs, IServiceScopeFactory scopes, SiteSettings site, TimeProvider clock) : IHostedService
{
    // The first pause of a job that failed; each further one is three times as long.
    private static readonly RetryPolicy _retries = RetryPolicy.Exponential(4, TimeSpan.FromSeconds(30), 3, TimeSpan.FromHours(1));

    /// <summary>How this server signs the runs.</summary>
    public static string Node { get; } = $"{Environment.MachineName}/{Environment.ProcessId}";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await KnowAsync(cancellationToken);
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var described = jobs.ToDictionary(j => new JobKey(j.Name));
        foreach (var job in described.Values)
            await PlanAsync(scheduler, job, cancellationToken);
        // A clustered store keeps what an older version described; the other nodes are of the same version in the end.
        foreach (var old in (await scheduler.GetJobKeys(GroupMatcher<JobKey>.AnyGroup(), cancellationToken)).Where(k => !described.ContainsKey(k)))
            await scheduler.DeleteJob(old, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Makes a job known to the scheduler, without a schedule.</summary>
    public static ValueTask AddAsync(IScheduler scheduler, JobDescription job, CancellationToken ct) =>
        scheduler.AddJob(
            JobBuilder.Create<JobRunner>().WithIdentity(new JobKey(job.Name)).WithDescription(job.Label).StoreDurably().RequestRecovery().Build(),
            new AddJobOptions { Replace = true }, ct);

    private async Task PlanAsync(IScheduler scheduler, JobDescription job, CancellationToken ct)
    {
        await AddAsync(scheduler, job, ct);
        var key = new TriggerKey(job.Name);
        var wanted = TriggerBuilder.Create().WithIdentity(key).ForJob(new JobKey(job.Name)).WithRetryPolicy(_retries).WithSchedule(Schedule(job.Schedule)).Build();
        // What is planned as wanted keeps its next time: a restart puts nothing off.
        var planned = await scheduler.GetTrigger(key, ct);
        if (planned is null)
            await scheduler.ScheduleJob(wanted, new ScheduleJobOptions { Replace = true }, ct);
        else if (!IsSame(planned, wanted))
            await scheduler.RescheduleJob(key, wanted, ct);
    }

    private IScheduleBuilder Schedule(JobSchedule schedule) => schedule.At is { } at
        ? CronScheduleBuilder.Create($"{at.Second} {at.Minute} {at.Hour} * * ?").InTimeZone(Zones.Of(site.Now.TimeZone))
        : SimpleScheduleBuilder.Create().WithInterval(schedule.Interval).RepeatForever();

    private static bool IsSame(ITrigger planned, ITrigger wanted) => (planned, wanted) switch
    {
        (ISimpleTrigger a, ISimpleTrigger b) => a.RepeatInterval == b.RepeatInterval,
        (ICronTrigger a, ICronTrigger b) => a.CronExpressionString == b.CronExpressionString && a.TimeZone.Equals(b.TimeZone),
        _ => false,
    };

    private async Task KnowAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<KernelDb>();
        var known = await db.Set<JobState>().Select(j => j.Name).ToListAsync(ct);
        var now = clock.GetUtcNow();
        db.AddRange(jobs.Select(j => j.Name).Except(known, StringComparer.Ordinal).Select(name => new JobState { Name = name, KnownSince = now }));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException failure) when (Failures.IsDuplicate(failure))
        {
            // Another node starts at the same time.
        }
    }
}
