namespace Crm.Build;

/// <summary>The folder with CrmServer.sln, and the test projects in it.</summary>
internal sealed record SourceTree(string Root)
{
    public string Solution => Path.Combine(Root, "CrmServer.sln");

    public string Benchmarks => Path.Combine(Root, "tests", "Crm.Benchmarks", "Crm.Benchmarks.csproj");

    /// <summary>Found from where the program was built, so that it does not matter where it was started.</summary>
    public static SourceTree Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CrmServer.sln"))) return new SourceTree(folder.FullName);
        }

        throw new WrongUsage("There is no CrmServer.sln above the build program: run it from a clone of the repository.");
    }

    public IReadOnlyList<TestProject> TestProjects() =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*.Tests.csproj", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => new TestProject(path))];
}
