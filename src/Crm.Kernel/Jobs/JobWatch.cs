using Crm.Abstractions.Notifications;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Kernel.Jobs;

/// <summary>Raises an alarm when a job has not succeeded in its time. A loop of its own: it must not fall silent with the scheduler.</summary>
internal sealed partial class JobWatch(IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobWatch> log) : BackgroundService, IHealthCheck
{
    /// <summary>What administrators are told.</summary>
    public static NoticeKind Alarm { get; } = new("core.job-late", "A job is late", "alarm", NoticeMail.AtOnce) { Texts = typeof(RecordPages.PageText) };

    private static readonly TimeSpan _pause = TimeSpan.FromMinutes(1);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var late = (await scope.ServiceProvider.GetRequiredService<JobList>().AllAsync(cancellationToken)).Where(j => j.IsLate).Select(j => j.Job.Name).ToList();
        return late.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded($"late: {string.Join(", ", late)}");
    }

    /// <summary>Looks once; says which jobs are newly late.</summary>
    public async Task<IReadOnlyList<JobRow>> LookAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<JobList>().AllAsync(ct);
        var db = scope.ServiceProvider.GetRequiredService<KernelDb>();
        var states = await db.Set<JobState>().ToDictionaryAsync(s => s.Name, StringComparer.Ordinal, ct);
        var news = new List<JobRow>();
        foreach (var row in rows.Where(r => states.ContainsKey(r.Job.Name) && states[r.Job.Name].AlarmedAt is null == r.IsLate))
        {
            states[row.Job.Name].AlarmedAt = row.IsLate ? clock.GetUtcNow() : null;
            if (!row.IsLate)
                continue;
            LogLate(row.Job.Name, row.Job.AlarmAfter);
            news.Add(row);
        }

        if (news.Count > 0)
            await TellAsync(scope.ServiceProvider, db, news, ct);

        await db.SaveChangesAsync(ct);
        return news;
    }

    private static async Task TellAsync(IServiceProvider scope, KernelDb db, List<JobRow> late, CancellationToken ct)
    {
        var notices = scope.GetRequiredService<INotices>();
        var administrators = await db.Set<User>().Where(u => u.DisabledAt == null && u.Roles.Any(r =>
            db.Set<RolePermission>().Any(p => p.RoleId == r.RoleId && p.IsGranted && p.Permission == CorePermissions.AdministerSite.Name))).Select(u => u.Id).ToListAsync(ct);
        foreach (var (user, job) in administrators.SelectMany(_ => late, (user, job) => (user, job)))
            notices.Tell(new Notice(user, Alarm.Name, "The job “{0}” has not succeeded in its time", job.Job.Label) { Url = $"/admin/jobs/{job.Job.Name}" });
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogBlind(failure);
            }
        }
    }

    [LoggerMessage(LogLevel.Critical, "The job {Job} has not succeeded for {Time}.")]
    private partial void LogLate(string job, TimeSpan time);

    [LoggerMessage(LogLevel.Error, "The jobs could not be looked at.")]
    private partial void LogBlind(Exception failure);
}
