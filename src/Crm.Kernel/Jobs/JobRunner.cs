using Crm.Abstractions.Jobs;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Crm.Kernel.Jobs;

/// <summary>What Quartz runs for every job: it finds the job's class, runs it as the server, and keeps what came of it.</summary>
[DisallowConcurrentExecution]
internal sealed partial class JobRunner(
    IServiceScopeFactory scopes, IEnumerable<JobDescription> jobs, Contributions contributions, TimeProvider clock, ILogger<JobRunner> log) : IJob
{
    /// <summary>The job data of a run that somebody asked for.</summary>
    public const string Asked = "asked";
    private const int Kept = 50;
    private const int LongestResult = 2000;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var job = jobs.FirstOrDefault(j => j.Name == context.JobDetail.Key.Name);
        var isAsked = context.MergedJobDataMap.ContainsKey(Asked);
        // A job whose module is off or gone waits for it; a paused one runs by hand only.
        if (job is null || !contributions.IsOn(job.Job, Abstractions.Security.Rights.System) || (!isAsked && await IsPausedAsync(job, cancellationToken)))
            return;
        var run = new JobRun
        {
            Job = job.Name,
            StartedAt = clock.GetUtcNow(),
            Node = JobPlan.Node,
            Cause = isAsked ? JobCause.Asked : context.RetryAttempt > 0 ? JobCause.Retry : JobCause.Schedule,
        };
        await BeginAsync(run, cancellationToken);
        try
        {
            await using var scope = Scope();
            await ((IJob)scope.ServiceProvider.GetRequiredService(job.Job)).Execute(context, cancellationToken);
            await EndAsync(run, JobOutcome.Done, context.Result?.ToString() ?? "");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await EndAsync(run, JobOutcome.Broken, "The server was stopped.");
        }
        catch (Exception failure)
        {
            LogFailed(failure, job.Name);
            await EndAsync(run, JobOutcome.Failed, failure.Message);
            throw;
        }
    }

    private async Task<bool> IsPausedAsync(JobDescription job, CancellationToken ct)
    {
        await using var scope = Scope();
        return await Db(scope).Set<JobState>().AnyAsync(j => j.Name == job.Name && j.PausedAt != null, ct);
    }

    private async Task BeginAsync(JobRun run, CancellationToken ct)
    {
        await using var scope = Scope();
        var db = Db(scope);
        // One runs at a time over all nodes: an older one that still seems to run ended with its server.
        foreach (var broken in await db.Set<JobRun>().Where(r => r.Job == run.Job && r.Outcome == JobOutcome.Running).ToListAsync(ct))
            (broken.Outcome, broken.EndedAt, broken.Result) = (JobOutcome.Broken, run.StartedAt, "The server ended while it ran.");
        db.Add(run);
        await db.SaveChangesAsync(ct);
    }

    // What came of it is kept also while the server stops.
    private async Task EndAsync(JobRun run, JobOutcome outcome, string result)
    {
        await using var scope = Scope();
        var db = Db(scope);
        db.Attach(run);
        (run.Outcome, run.EndedAt, run.Result) = (outcome, clock.GetUtcNow(), PlainText.Clip(result, LongestResult));
        var state = await db.Set<JobState>().FirstOrDefaultAsync(j => j.Name == run.Job, CancellationToken.None);
        if (state is null)
            db.Add(state = new JobState { Name = run.Job, KnownSince = run.StartedAt });
        if (outcome == JobOutcome.Done)
            (state.SucceededAt, state.Failures) = (run.EndedAt, 0);
        else if (outcome == JobOutcome.Failed)
            state.Failures++;
        db.RemoveRange(await db.Set<JobRun>().Where(r => r.Job == run.Job).OrderByDescending(r => r.Id).Skip(Kept).ToListAsync(CancellationToken.None));
        await db.SaveChangesAsync(CancellationToken.None);
    }

    private AsyncServiceScope Scope()
    {
        var scope = scopes.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<Actor>();
        (actor.IsSystem, actor.Door) = (true, "job");
        return scope;
    }

    private static KernelDb Db(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<KernelDb>();

    [LoggerMessage(LogLevel.Error, "The job {Job} failed; it is tried again.")]
    private partial void LogFailed(Exception failure, string job);
}
