using System.Runtime.InteropServices;

namespace Crm.Kernel.Commands;

/// <summary>Says which version this is.</summary>
internal sealed class VersionCommand : CrmCommand
{
    public override string Name => "version";

    public override string Summary => "Says which version this is.";

    public override CommandPlace Place => CommandPlace.Here;

    public override Task RunAsync(CommandRun run, CancellationToken ct)
    {
        var version = typeof(VersionCommand).Assembly.GetName().Version!.ToString(3);
        run.Result = new { version, runtime = RuntimeInformation.FrameworkDescription, system = RuntimeInformation.OSDescription };
        return run.SayAsync($"crm {version}", ct);
    }
}
