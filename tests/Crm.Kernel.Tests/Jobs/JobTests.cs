using System.Net;
using Crm.Abstractions.Jobs;
using Crm.Abstractions.Modules;
using Crm.Abstractions.Records;
using Crm.Kernel.Api;
using Crm.Kernel.Audit;
using Crm.Kernel.Data;
using Crm.Kernel.Jobs;
using Crm.Kernel.Security;
using Crm.Kernel.Users;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Crm.Kernel.Tests.Jobs;

/// <summary>Jobs run by their schedule and by hand; what came of them is kept.</summary>
public abstract class JobTests(CrmHost host)
{
    [Fact]
    public async Task A_job_runs_by_its_schedule_as_the_server_and_says_what_came_of_it()
    {
        var run = await WaitAsync(Knocking.Name, r => r is { Cause: JobCause.Schedule, Outcome: JobOutcome.Done });
        Assert.Equal("knocked", run.Result);
        Assert.Equal(JobPlan.Node, run.Node);
        await host.InAsync(async db => Assert.NotNull((await db.Set<JobState>().SingleAsync(j => j.Name == Knocking.Name)).SucceededAt));
    }

    [Fact]
    public async Task A_failure_is_kept_with_its_reason_and_tried_again_later()
    {
        var failed = await WaitAsync(Failing.Name, r => r.Outcome == JobOutcome.Failed);
        Assert.Equal("The door is locked.", failed.Result);
        var scheduler = await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        var next = (await scheduler.GetTrigger(new TriggerKey(Failing.Name)))!.NextFireTimeUtc!.Value;
        Assert.InRange(next - failed.StartedAt, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(60));
        await host.InAsync(async db => Assert.Equal(1, (await db.Set<JobState>().SingleAsync(j => j.Name == Failing.Name)).Failures));
    }

    [Fact]
    public async Task A_paused_job_runs_by_hand_only()
    {
        using var admin = await Browser.SignedInAsync(host, "admin");
        using var paused = await admin.PostAsync("/admin/jobs", new() { ["job"] = Quiet.Name, ["act"] = "pause" });
        Assert.Equal(HttpStatusCode.Redirect, paused.StatusCode);
        Assert.Contains("Paused", await admin.ReadAsync("/admin/jobs/" + Quiet.Name), StringComparison.Ordinal);
        var before = await RunsAsync(Quiet.Name);
        var scheduler = await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        await scheduler.TriggerJob(new JobKey(Quiet.Name));

        using var asked = await admin.PostAsync("/admin/jobs", new() { ["job"] = Quiet.Name, ["act"] = "run" });

        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        await WaitAsync(Quiet.Name, r => r is { Cause: JobCause.Asked, Outcome: JobOutcome.Done } && before.TrueForAll(b => b.Id != r.Id));
        Assert.Equal(before.Count + 1, (await RunsAsync(Quiet.Name)).Count);
        await host.InAsync(async db => Assert.True(await db.Set<AuditAct>().AnyAsync(a => a.What == "Paused the job test.be-quiet")));
        using var unknown = await admin.PostAsync("/admin/jobs", new() { ["job"] = "no.such-job", ["act"] = "run" });
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task A_job_whose_module_is_off_is_refused_and_nobody_waits_for_it()
    {
        var job = host.Services.GetServices<JobDescription>().First(j => j.Job.Assembly.GetName().Name == "Crm.Activities").Name;
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        var switches = scope.ServiceProvider.GetRequiredService<SwitchModule>();
        await switches.RunAsync("Crm.Activities", null, isOn: false, withOthers: true, default);
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            await Assert.ThrowsAsync<RuleViolation>(() => scope.ServiceProvider.GetRequiredService<AskJob>().CompleteAsync(job, limit.Token));
            using var admin = await Browser.SignedInAsync(host, "admin");
            using var asked = await admin.PostAsync("/admin/jobs", new() { ["job"] = job, ["act"] = "run" });
            Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        }
        finally
        {
            await switches.RunAsync("Crm.Activities", null, isOn: true, withOthers: true, default);
        }
    }

    [Fact]
    public async Task A_job_that_has_not_succeeded_in_its_time_raises_an_alarm_once_and_is_seen_in_the_list()
    {
        await host.InAsync(async db =>
        {
            (await db.Set<JobState>().SingleAsync(j => j.Name == "core.forget-answers")).SucceededAt = TimeProvider.System.GetUtcNow().AddHours(-31);
            await db.SaveChangesAsync();
        });
        var watch = host.Services.GetRequiredService<JobWatch>();
        Assert.Equal(["core.forget-answers"], (await watch.LookAsync(default)).Select(r => r.Job.Name));
        Assert.Empty(await watch.LookAsync(default));
        using var admin = await Browser.SignedInAsync(host, "admin");
        Assert.Contains("Late", await admin.ReadAsync("/admin/jobs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_dead_server_left_running_is_named_broken_off()
    {
        var left = new JobRun { Job = Quiet.Name, StartedAt = TimeProvider.System.GetUtcNow().AddHours(-1), Node = "elsewhere/1" };
        await host.InAsync(async db =>
        {
            db.Add(left);
            await db.SaveChangesAsync();
        });
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        Assert.Equal(JobOutcome.Done, (await scope.ServiceProvider.GetRequiredService<AskJob>().CompleteAsync(Quiet.Name, default)).Outcome);
        await host.InAsync(async db => Assert.Equal(JobOutcome.Broken, (await db.Set<JobRun>().SingleAsync(r => r.Id == left.Id)).Outcome));
    }

    [Fact]
    public async Task Answers_of_the_API_are_forgotten_after_two_days()
    {
        var user = await new People(host).AdministratorAsync();
        var now = TimeProvider.System.GetUtcNow();
        var (old, young) = (Answer(user, "old", now.AddDays(-3)), Answer(user, "young", now.AddDays(-1)));
        await host.InAsync(async db =>
        {
            db.AddRange(old, young);
            await db.SaveChangesAsync();
        });
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        Assert.Equal("1 removed", (await scope.ServiceProvider.GetRequiredService<AskJob>().CompleteAsync("core.forget-answers", default)).Result);
        await host.InAsync(async db => Assert.Equal(["young"], await db.Set<IdempotentAnswer>().Select(a => a.Key).ToListAsync()));
    }

    [Fact]
    public async Task Whoever_watches_the_machine_hears_a_word_without_signing_in()
    {
        using var anonymous = host.Anonymous();
        foreach (var address in new[] { "/health/live", "/health/ready" })
            Assert.Equal("Healthy", await anonymous.GetStringAsync(new Uri(address, UriKind.Relative)));
    }

    private static IdempotentAnswer Answer(Guid user, string key, DateTimeOffset at) =>
        new() { UserId = user, Key = key, RequestHash = [1], At = at, Body = "" };

    private async Task<List<JobRun>> RunsAsync(string job)
    {
        List<JobRun> runs = [];
        await host.InAsync(async db => runs = await db.Set<JobRun>().AsNoTracking().Where(r => r.Job == job).ToListAsync());
        return runs;
    }

    private async Task<JobRun> WaitAsync(string job, Func<JobRun, bool> isWanted)
    {
        for (var turn = 0; turn < 300; turn++)
        {
            if ((await RunsAsync(job)).Find(r => isWanted(r)) is { } run)
                return run;
            await Task.Delay(100);
        }

        throw new TimeoutException($"The job {job} did not run.");
    }

    internal static void AddJobs(IServiceCollection services) => services
        .AddJob<Knocking>(Knocking.Name, "Knock", "Knocks.", JobSchedule.Every(TimeSpan.FromMinutes(5)))
        .AddJob<Failing>(Failing.Name, "Fail", "Fails.", JobSchedule.Every(TimeSpan.FromHours(5)))
        .AddJob<Quiet>(Quiet.Name, "Be quiet", "Is quiet.", JobSchedule.DailyAt(new TimeOnly(4, 0)));

    private sealed class Knocking(KernelDb db) : IJob
    {
        public const string Name = "test.knock-doors";

        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
            context.Result = (await db.RightsAsync(cancellationToken)).IsSystem ? "knocked" : "not let in";
    }

    private sealed class Failing : IJob
    {
        public const string Name = "test.fail-always";

        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => throw new InvalidOperationException("The door is locked.");
    }

    private sealed class Quiet : IJob
    {
        public const string Name = "test.be-quiet";

        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}

/// <summary>A server on SQLite with jobs of its own.</summary>
public sealed class SqliteJobHost : SqliteHost
{
    /// <inheritdoc/>
    protected override void Configure(IServiceCollection services) => JobTests.AddJobs(services);
}

/// <summary>A server on PostgreSQL with jobs of its own.</summary>
public sealed class PostgresJobHost : PostgresHost
{
    /// <inheritdoc/>
    protected override void Configure(IServiceCollection services) => JobTests.AddJobs(services);
}

/// <summary>On SQLite.</summary>
public sealed class SqliteJobTests(SqliteJobHost host) : JobTests(host), IClassFixture<SqliteJobHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresJobTests(PostgresJobHost host) : JobTests(host), IClassFixture<PostgresJobHost>;
