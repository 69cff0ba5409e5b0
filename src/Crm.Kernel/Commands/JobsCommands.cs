using Crm.Kernel.Jobs;
using Crm.Kernel.Records;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Commands;

/// <summary>Lists the jobs with their last run and their next.</summary>
internal sealed class JobsListCommand : CrmCommand
{
    public override string Name => "jobs list";

    public override string Summary => "Lists the jobs: name, state, last run, how it ended, next run, what it does.";

    public override async Task RunAsync(CommandRun run, CancellationToken ct)
    {
        var rows = (await run.Services.GetRequiredService<JobList>().AllAsync(ct)).Select(r => new
        {
            name = r.Job.Name,
            state = !r.IsOn ? "off" : r.State.PausedAt is not null ? "paused" : r.IsLate ? "late" : "on",
            lastRun = r.Last?.StartedAt,
            outcome = r.Last?.Outcome.ToString().ToLowerInvariant(),
            result = r.Last?.Result,
            failures = r.State.Failures,
            nextRun = r.Next,
            what = r.Job.What,
        }).ToList();
        foreach (var row in rows)
            await run.SayAsync($"{row.name}\t{row.state}\t{row.lastRun:u}\t{row.outcome}\t{row.nextRun:u}\t{row.what}", ct);
        run.Result = rows;
    }
}

/// <summary>Runs a job now and waits for its end.</summary>
internal sealed class JobsRunCommand : CrmCommand
{
    public override string Name => "jobs run";

    public override string Summary => "Runs a job now, also where it is paused, and waits for its end.";

    public override IReadOnlyList<CommandInput> Inputs =>
        [new("name", InputKind.Text, "The job: 'crm jobs list' shows them.", IsRequired: true, IsArgument: true)];

    public override async Task RunAsync(CommandRun run, CancellationToken ct)
    {
        var name = run.Required("name");
        JobRun done;
        try
        {
            done = await run.Services.GetRequiredService<AskJob>().CompleteAsync(name, ct);
        }
        catch (RecordMissing)
        {
            throw new CommandFailure($"There is no job '{name}': 'crm jobs list' shows them.");
        }

        if (done.Outcome != JobOutcome.Done)
            throw new CommandFailure($"The job {done.Job} failed: {done.Result}");
        run.Result = new { name = done.Job, startedAt = done.StartedAt, endedAt = done.EndedAt, result = done.Result };
        await run.SayAsync(done.Result.Length > 0 ? done.Result : "done", ct);
    }
}
