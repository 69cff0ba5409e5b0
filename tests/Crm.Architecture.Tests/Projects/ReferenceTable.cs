namespace Crm.Architecture.Tests.Projects;

/// <summary>Who may reference whom, as the table of the architecture page says.</summary>
internal static class ReferenceTable
{
    private const string Modules = "modules/*";
    private const string Themes = "themes/*";

    private static readonly Dictionary<string, string[]> _rows = new(StringComparer.Ordinal)
    {
        ["Crm.Abstractions"] = [],
        ["Crm.Ui"] = ["Crm.Abstractions"],
        ["Crm.Kernel"] = ["Crm.Abstractions", "Crm.Ui", "Crm.Mail"],
        ["Crm.Mail"] = [],
        ["Crm.Calendar"] = [],
        ["Crm.Pdf"] = [],
        ["Crm.Build"] = [],
        [Modules] = ["Crm.Abstractions", "Crm.Ui", "Crm.Mail", "Crm.Calendar", "Crm.Pdf"],
        ["Crm.Admin"] = ["Crm.Abstractions", "Crm.Ui", "Crm.Mail", "Crm.Calendar", "Crm.Pdf", "Crm.Kernel"],
        [Themes] = ["Crm.Abstractions", "Crm.Ui"],
        ["Crm.Host"] = ["Crm.Kernel", Modules, Themes],
    };

    private static readonly string[] _providers = ["sqlite", "npgsql", "sqlserver", "mysql", "oracle"];

    public static IEnumerable<string> Check(ProjectFile project)
    {
        // Tests look at everything; nothing may look at them, since no row names them.
        if (project.Room == "tests") yield break;
        if (Row(project) is not { } allowed)
        {
            yield return $"{project.Path}: the table of references has no row for it";
            yield break;
        }

        foreach (var link in project.Links)
        {
            var target = Kind(link.Name, link.Room);
            if (!allowed.Contains(target, StringComparer.Ordinal)) yield return $"{project.Path}: may not reference {link.Path}";
            else if (target is Modules or Themes && !link.ByGlob) yield return $"{project.Path}: names {link.Name}, but has to take what is in the folder";
        }

        if (project.Name == "Crm.Kernel") yield break;
        foreach (var package in project.Packages.Where(IsProvider)) yield return $"{project.Path}: {package} is a database provider, which only the kernel knows";
    }

    private static string[]? Row(ProjectFile project) =>
        project.Name == "Crm.Admin" && project.Room == "modules"
            ? _rows["Crm.Admin"]
            : _rows.GetValueOrDefault(Kind(project.Name, project.Room));

    // By its room and not by its name, so that a module called Crm.Kernel is still a module.
    private static string Kind(string name, string room) => room switch
    {
        "modules" => Modules,
        "themes" => Themes,
        "src" or "Crm.Host" => name,
        _ => $"{room}/{name}",
    };

    private static bool IsProvider(string package) => _providers.Any(word => package.Contains(word, StringComparison.OrdinalIgnoreCase));
}
