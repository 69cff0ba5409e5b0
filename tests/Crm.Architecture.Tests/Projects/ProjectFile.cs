using System.Xml.Linq;
using Crm.Architecture.Tests.Reading;

namespace Crm.Architecture.Tests.Projects;

/// <summary>What a project references, by its own file and by the Directory.Build files above it. Conditions count as met.</summary>
internal sealed record ProjectFile(string Path, IReadOnlyList<ProjectLink> Links, IReadOnlyList<string> Packages)
{
    private static readonly string[] _shared = ["Directory.Build.props", "Directory.Build.targets"];

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The room, the path's first word: src, modules, themes, tests or Crm.Host.</summary>
    public string Room => Path.Split('/')[0];

    public static ProjectFile Read(string root, string path)
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.Combine(root, path))!;
        var links = new List<ProjectLink>();
        var packages = new List<string>();
        foreach (var file in Sources(root, folder).Prepend(System.IO.Path.Combine(root, path)))
        {
            var items = XDocument.Load(file).Descendants().ToList();
            foreach (var include in Includes(items, "ProjectReference"))
                links.AddRange(Targets(include, file, folder).Select(target => new ProjectLink(Relative(root, target), include)));
            packages.AddRange(Includes(items, "PackageReference"));
        }

        return new ProjectFile(path, links, packages);
    }

    private static IEnumerable<string> Sources(string root, string folder)
    {
        for (var above = folder; above.Length >= root.Length; above = System.IO.Path.GetDirectoryName(above)!)
        {
            foreach (var file in _shared.Select(name => System.IO.Path.Combine(above, name)).Where(File.Exists)) yield return file;
        }
    }

    private static IEnumerable<string> Includes(IEnumerable<XElement> items, string kind) =>
        items.Where(item => item.Name.LocalName == kind)
            .Select(item => (string?)item.Attribute("Include"))
            .OfType<string>()
            .SelectMany(include => include.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static IEnumerable<string> Targets(string include, string declaredIn, string folder)
    {
        var pattern = include.Replace('\\', '/')
            .Replace("$(MSBuildThisFileDirectory)", System.IO.Path.GetDirectoryName(declaredIn) + "/", StringComparison.Ordinal)
            .Replace("$(MSBuildProjectDirectory)", folder, StringComparison.Ordinal);
        var full = System.IO.Path.Combine(folder, pattern);
        return full.Contains('*', StringComparison.Ordinal) ? Glob.Expand(full) : [System.IO.Path.GetFullPath(full)];
    }

    private static string Relative(string root, string path) => System.IO.Path.GetRelativePath(root, path).Replace('\\', '/');

    public static IReadOnlyList<ProjectFile> All() => [.. SourceTree.Projects.Select(file => Read(SourceTree.Root, file.Path))];
}
