using Crm.Kernel.Commands;

namespace Crm.Host.Commands;

/// <summary>A throw-away server with the sample company, in a temporary folder.</summary>
internal static class DemoCommand
{
    public static Task<int> RunAsync(string? urls, CancellationToken ct)
    {
        _ = (urls, ct);
        throw new CommandFailure("not yet");
    }
}
