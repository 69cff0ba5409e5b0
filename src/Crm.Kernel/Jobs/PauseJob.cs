using Crm.Abstractions.Jobs;
using Crm.Kernel.Audit;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Jobs;

/// <summary>Stops a job's schedule on all nodes, or lets it go on.</summary>
internal sealed class PauseJob(KernelDb db, IEnumerable<JobDescription> jobs, Actor actor, TimeProvider clock)
{
    /// <exception cref="RecordMissing">There is no such job.</exception>
    public async Task RunAsync(string name, bool isPaused, CancellationToken ct)
    {
        var job = jobs.FirstOrDefault(j => j.Name == name) ?? throw new RecordMissing();
        var now = clock.GetUtcNow();
        await db.WriteAsync(
            async inner =>
            {
                var state = await db.Set<JobState>().FirstOrDefaultAsync(j => j.Name == name, inner);
                if (state is null)
                    db.Add(state = new JobState { Name = name, KnownSince = now });
                if (state.PausedAt is not null == isPaused)
                    return;
                state.PausedAt = isPaused ? now : null;
                db.Add(new AuditAct { At = now, UserId = actor.UserId, Door = actor.Door, What = $"{(isPaused ? "Paused" : "Resumed")} the job {job.Name}" });
            },
            ct);
    }
}
