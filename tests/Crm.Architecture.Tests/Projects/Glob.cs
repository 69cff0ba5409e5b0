namespace Crm.Architecture.Tests.Projects;

/// <summary>Expands `folder/*/*.csproj`, star by star; `**` is not needed by any project file of ours and not understood.</summary>
internal static class Glob
{
    public static IEnumerable<string> Expand(string pattern)
    {
        var parts = Path.GetFullPath(pattern).Split(Path.DirectorySeparatorChar);
        if (parts.Contains("**", StringComparer.Ordinal)) throw new InvalidOperationException($"'{pattern}': a project reference names its depth.");
        IEnumerable<string> folders = [parts[0] + Path.DirectorySeparatorChar];
        foreach (var part in parts[1..^1])
        {
            folders = folders.SelectMany(folder => part.Contains('*', StringComparison.Ordinal)
                ? Directory.EnumerateDirectories(folder, part)
                : new[] { Path.Combine(folder, part) }.Where(Directory.Exists));
        }

        return folders.SelectMany(folder => Directory.EnumerateFiles(folder, parts[^1]));
    }
}
