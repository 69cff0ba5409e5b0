namespace Crm.Build;

/// <summary>`build`: the whole solution.</summary>
internal sealed class BuildCommand(SourceTree tree)
{
    public Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken ct) =>
        Shell.ShowAsync(Dotnet.Path, ["build", tree.Solution, "-nologo", "-v", "quiet", .. args], tree.Root, ct);
}
