namespace Crm.Architecture.Tests.Projects;

/// <summary>Every module, the kernel and every plain library has one project of tests that is called after it.</summary>
internal static class Mirrors
{
    // Words, tag helpers and the build program: tested where they are used.
    private static readonly string[] _without = ["Crm.Abstractions", "Crm.Ui", "Crm.Build"];

    public static IEnumerable<string> Check(IReadOnlyCollection<string> projects) =>
        from project in projects
        let name = Path.GetFileNameWithoutExtension(project)
        where project.Split('/')[0] is "modules" or "src" && !_without.Contains(name, StringComparer.Ordinal)
        let mirror = $"tests/{name}.Tests/{name}.Tests.csproj"
        where !projects.Contains(mirror, StringComparer.Ordinal)
        select $"{project}: its tests are missing, expected {mirror}";
}
