using Crm.Architecture.Tests.Reading;

namespace Crm.Architecture.Tests.Projects;

public sealed class SolutionTests
{
    [Fact]
    public void Every_project_is_in_the_solution() =>
        SourceTree.Obeys(Solution.Check(File.ReadAllText(Path.Combine(SourceTree.Root, "CrmServer.sln")), SourceTree.Projects.Select(file => file.Path)));

    [Fact]
    public void A_project_that_is_not_in_the_solution_is_named()
    {
        const string Sample = """Project("{0}") = "Crm.Ui", "src\Crm.Ui\Crm.Ui.csproj", "{1}" """;
        Assert.Empty(Solution.Check(Sample, ["src/Crm.Ui/Crm.Ui.csproj"]));
        Assert.Single(Solution.Check(Sample, ["src/Crm.Ui/Crm.Ui.csproj", "modules/Crm.New/Crm.New.csproj"]));
    }
}
