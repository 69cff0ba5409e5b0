namespace Crm.Build;

/// <summary>`test`: what tests need, a database cluster, one build, every test project, one closing line.</summary>
internal sealed class TestCommand(SourceTree tree, TestOptions options)
{
    private static bool InCi => Environment.GetEnvironmentVariable("CI") is { Length: > 0 } ci && ci != "false" && ci != "0";

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var projects = Chosen();
        var debian = new Debian();
        var browser = Tell(await new Browser(debian).EnsureAsync(ct));
        var fonts = Tell(await new CjkFonts(debian).EnsureAsync(ct));
        var programs = Tell(await new PostgresPrograms(debian).EnsureAsync(ct));

        if (!await BuildAsync(projects, ct))
            return Close([.. projects.Select(project => new TestOutcome(project.Name, 0, 0, [], TimeSpan.Zero, "was not built"))], []);
        if (!browser.Met && await new PlaywrightBrowser(tree).InstallAsync(ct) is { } own) browser = Tell(own);

        var environment = new List<(string Name, string Value)>();
        if (browser.Path is { } path) environment.Add((Browser.Variable, path));
        if (options.Long) environment.Add(("CRM_TEST_LONG", "1"));
        var (outcomes, server) = await RunAsync(projects, programs, environment, ct);
        return Close(outcomes, [.. new[] { browser, fonts, server }.Where(need => !need.Met)]);
    }

    // The cluster ends here, before the closing line is printed, so that nothing can be said after that.
    private async Task<(IReadOnlyList<TestOutcome> Outcomes, Need Server)> RunAsync(
        IReadOnlyList<TestProject> projects, Need programs, List<(string Name, string Value)> environment, CancellationToken ct)
    {
        var (cluster, server) = await StartClusterAsync(programs, ct);
        await using var _ = cluster;
        if (cluster is not null) environment.Add((PostgresCluster.Variable, cluster.ConnectionString));
        return (await new TestRun(options, FreshResults(), environment).RunAsync(projects, ct), server);
    }

    private IReadOnlyList<TestProject> Chosen()
    {
        var projects = tree.TestProjects()
            .Where(project => options.Project is null || project.Name.Contains(options.Project, StringComparison.OrdinalIgnoreCase))
            .ToList();
        return projects.Count > 0 ? projects : throw new WrongUsage($"No test project is called '{options.Project ?? "*.Tests"}'.");
    }

    private async Task<bool> BuildAsync(IReadOnlyList<TestProject> projects, CancellationToken ct)
    {
        Console.WriteLine("Building …");
        // Whoever names a project wants an answer about that one soon.
        IEnumerable<string> paths = options.Project is null ? [tree.Solution] : projects.Select(project => project.Path);
        foreach (var path in paths)
        {
            var code = await Shell.ShowAsync(Dotnet.Path, ["build", path, "-nologo", "-v", "quiet", "-clp:NoSummary"], tree.Root, ct);
            if (code != 0) return false;
        }

        return true;
    }

    private static async Task<(PostgresCluster? Cluster, Need Server)> StartClusterAsync(Need programs, CancellationToken ct)
    {
        if (!programs.Met) return (null, programs);
        var (cluster, problem) = await PostgresCluster.StartAsync(programs.Path!, ct);
        return (cluster, Tell(new Need("PostgreSQL server", cluster is not null, problem ?? cluster!.ConnectionString)));
    }

    private string FreshResults()
    {
        var folder = Path.Combine(tree.Root, "artifacts", "tests");
        // Yesterday's result file must not stand in for one that today's run did not write.
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        return Directory.CreateDirectory(folder).FullName;
    }

    private static Need Tell(Need need)
    {
        Console.WriteLine(need);
        return need;
    }

    private static int Close(IReadOnlyList<TestOutcome> outcomes, IReadOnlyList<Need> missing)
    {
        foreach (var outcome in outcomes.Where(outcome => outcome.Failed > 0))
        {
            Console.WriteLine($"{Environment.NewLine}{outcome.Project}{(outcome.Problem is { } problem ? $" {problem}" : "")}");
            foreach (var failure in outcome.Failures) Console.WriteLine(failure.Told());
        }

        int passed = outcomes.Sum(outcome => outcome.Passed), failed = outcomes.Sum(outcome => outcome.Failed);
        foreach (var need in missing) Console.WriteLine($"Not everything was tested: {need.Name} is missing ({need.Says}).");
        if (passed + failed == 0) Console.WriteLine("No test ran.");
        Console.WriteLine(TestOutcome.Closing(passed, failed, outcomes.Sum(outcome => outcome.Skipped)));
        return failed > 0 || passed == 0 || (InCi && missing.Count > 0) ? ExitCode.Failure : ExitCode.Success;
    }
}
