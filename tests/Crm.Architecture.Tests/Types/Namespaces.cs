using System.Text.RegularExpressions;
using Crm.Architecture.Tests.Reading;

namespace Crm.Architecture.Tests.Types;

/// <summary>A namespace is the folder's path from its project, so that a type's full name says where its file is.</summary>
internal static class Namespaces
{
    private static readonly Regex _declared = new(@"^\s*namespace\s+(?<name>[\w.]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));

    /// <summary>Projects are the paths of all project files; the deepest that holds the file is its own.</summary>
    public static IEnumerable<string> Check(SourceFile file, IEnumerable<string> projects)
    {
        var project = projects.Where(project => file.Path.StartsWith(Folder(project) + "/", StringComparison.Ordinal)).MaxBy(project => project.Length);
        if (project is null) return [$"{file.Path}: belongs to no project"];
        var expected = Path.GetFileNameWithoutExtension(project) + file.Folder[Folder(project).Length..].Replace('/', '.');
        var declared = _declared.Matches(file.Code).Select(found => found.Groups["name"].Value).ToList();
        // Top-level statements and assembly attributes have no namespace; a type has.
        if (declared.Count == 0) return DeclaredType.In(file).Any() ? [$"{file.Path}: has types and no namespace, expected {expected}"] : [];
        return declared.Where(name => name != expected).Select(name => $"{file.Path}: namespace {name}, expected {expected}");
    }

    private static string Folder(string path) => path[..path.LastIndexOf('/')];
}
