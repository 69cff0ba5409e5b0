namespace Crm.Architecture.Tests.Reading;

/// <summary>The repository as text. Everything is discovered: a new module obeys the rules without being put on a list.</summary>
internal static class SourceTree
{
    private static readonly string[] _rooms = ["Crm.Host", "src", "modules", "themes", "tests"];
    private static readonly HashSet<string> _built = new(["bin", "obj", "node_modules", "lib", "artifacts", "TestResults"], StringComparer.Ordinal);

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> Files { get; } =
        [.. _rooms.Select(room => Path.Combine(Root, room)).Where(Directory.Exists).SelectMany(Walk).Order(StringComparer.Ordinal).Select(Open)];

    public static IEnumerable<SourceFile> CSharp => Ending(".cs");

    public static IEnumerable<SourceFile> Pages => Ending(".cshtml");

    public static IEnumerable<SourceFile> Projects => Ending(".csproj");

    public static IEnumerable<SourceFile> Ending(params string[] endings) =>
        Files.Where(file => endings.Any(ending => file.Path.EndsWith(ending, StringComparison.Ordinal)));

    /// <summary>Fails with every violation at once, so that a tree is mended in one go.</summary>
    public static void Obeys(IEnumerable<string> violations)
    {
        var found = violations.ToList();
        Assert.True(found.Count == 0, $"{found.Count} violations:{Environment.NewLine}{string.Join(Environment.NewLine, found)}");
    }

    private static IEnumerable<string> Walk(string folder) =>
        Directory.EnumerateFiles(folder).Concat(
            Directory.EnumerateDirectories(folder).Where(child => !_built.Contains(Path.GetFileName(child))).SelectMany(Walk));

    private static SourceFile Open(string path) => new(Path.GetRelativePath(Root, path).Replace('\\', '/'), () => File.ReadAllText(path));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CrmServer.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("There is no CrmServer.sln above the tests.");
    }
}
