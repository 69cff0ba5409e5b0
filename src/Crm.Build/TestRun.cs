using System.Diagnostics;

namespace Crm.Build;

/// <summary>Runs built test projects and reads what came of them.</summary>
internal sealed class TestRun(TestOptions options, string results, IReadOnlyList<(string Name, string Value)> environment)
{
    // Two cores are what the smallest build machine has.
    private const int AtOnce = 2;

    private static readonly TimeSpan _shortLimit = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan _longLimit = TimeSpan.FromHours(4);

    public async Task<IReadOnlyList<TestOutcome>> RunAsync(IReadOnlyList<TestProject> projects, CancellationToken ct)
    {
        var outcomes = new List<TestOutcome>();
        async ValueTask Keep(TestProject project, CancellationToken stop)
        {
            var outcome = await RunAsync(project, stop);
            lock (outcomes)
            {
                outcomes.Add(outcome);
                Console.WriteLine(outcome);
            }
        }

        foreach (var alone in projects.GroupBy(project => project.DrivesBrowser).OrderBy(group => group.Key))
        {
            await Parallel.ForEachAsync(alone,
                new ParallelOptions { MaxDegreeOfParallelism = alone.Key ? 1 : AtOnce, CancellationToken = ct }, Keep);
        }

        return [.. outcomes.OrderBy(outcome => outcome.Project, StringComparer.Ordinal)];
    }

    private async Task<TestOutcome> RunAsync(TestProject project, CancellationToken ct)
    {
        var trx = Path.Combine(results, $"{project.Name}.trx");
        List<string> args = ["test", project.Path, "--no-build", "--nologo", "--logger", $"trx;LogFileName={project.Name}.trx", "--results-directory", results];
        if (options.Expression is { } expression) args.AddRange(["--filter", expression]);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.Long ? _longLimit : _shortLimit);
        var clock = Stopwatch.StartNew();
        ShellAnswer answer;
        try
        {
            answer = await Shell.AskAsync(Dotnet.Path, args, limit.Token, [.. environment]);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new TestOutcome(project.Name, 0, 0, [], clock.Elapsed, $"did not end within {clock.Elapsed.TotalMinutes:0} minutes");
        }

        await File.WriteAllTextAsync(Path.Combine(results, $"{project.Name}.log"), answer.Text, ct);
        return Judge(project, answer, TrxFile.Read(trx, project.Name, clock.Elapsed), clock.Elapsed);
    }

    private TestOutcome Judge(TestProject project, ShellAnswer answer, TestOutcome? outcome, TimeSpan took)
    {
        // Somebody's filter usually means one project, and the others then have nothing to run.
        if (outcome is null && answer.Worked && options.Filter is not null) return new TestOutcome(project.Name, 0, 0, [], took);
        if (outcome is null) return new TestOutcome(project.Name, 0, 0, [], took, $"wrote no results:{Environment.NewLine}{answer.Text.Trim()}");
        return outcome.Failed == 0 && !answer.Worked
            ? outcome with { Problem = $"ended with {answer.Code}:{Environment.NewLine}{answer.Text.Trim()}" }
            : outcome;
    }
}
