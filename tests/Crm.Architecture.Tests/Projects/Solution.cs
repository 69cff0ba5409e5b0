namespace Crm.Architecture.Tests.Projects;

/// <summary>What is not in the solution is not built by the test command.</summary>
internal static class Solution
{
    public static IEnumerable<string> Check(string solution, IEnumerable<string> projects)
    {
        var text = solution.Replace('\\', '/');
        return projects.Where(project => !text.Contains($"\"{project}\"", StringComparison.OrdinalIgnoreCase))
            .Select(project => $"{project}: not in CrmServer.sln; add it with 'dotnet sln add {project}'");
    }
}
