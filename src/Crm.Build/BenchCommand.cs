namespace Crm.Build;

/// <summary>`bench`: the benchmarks, which are run by hand and never as tests.</summary>
internal sealed class BenchCommand(SourceTree tree)
{
    public async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken ct)
    {
        if (File.Exists(tree.Benchmarks))
        {
            return await Shell.ShowAsync(
                Dotnet.Path, ["run", "-c", "Release", "--project", tree.Benchmarks, "--", .. args], tree.Root, ct);
        }

        await Console.Error.WriteLineAsync("There are no benchmarks in this tree: tests/Crm.Benchmarks is not there.");
        return ExitCode.Failure;
    }
}
