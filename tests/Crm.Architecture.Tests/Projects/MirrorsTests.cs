using Crm.Architecture.Tests.Reading;

namespace Crm.Architecture.Tests.Projects;

public sealed class MirrorsTests
{
    [Fact]
    public void Every_module_the_kernel_and_every_library_has_its_tests() =>
        SourceTree.Obeys(Mirrors.Check([.. SourceTree.Projects.Select(file => file.Path)]));

    [Theory]
    [InlineData("src/Crm.Pdf/Crm.Pdf.csproj")]
    [InlineData("modules/Crm.Sales/Crm.Sales.csproj")]
    public void A_project_without_tests_is_named(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        Assert.Single(Mirrors.Check([project, "tests/Crm.Notes.Tests/Crm.Notes.Tests.csproj"]));
        Assert.Empty(Mirrors.Check([project, $"tests/{name}.Tests/{name}.Tests.csproj"]));
    }
}
