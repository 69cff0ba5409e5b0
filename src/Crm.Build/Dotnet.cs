namespace Crm.Build;

/// <summary>The dotnet that runs this program also builds and tests, whatever else is on the path.</summary>
internal static class Dotnet
{
    public static string Path { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
}
