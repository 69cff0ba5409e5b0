using Crm.Architecture.Tests.Reading;

namespace Crm.Architecture.Tests.Types;

public sealed class NamespacesTests
{
    private static readonly string[] _projects = ["src/Crm.Kernel/Crm.Kernel.csproj"];

    [Fact]
    public void Every_namespace_is_its_folder()
    {
        var projects = SourceTree.Projects.Select(project => project.Path).ToList();
        SourceTree.Obeys(SourceTree.CSharp.SelectMany(file => Namespaces.Check(file, projects)));
    }

    [Theory]
    [InlineData("src/Crm.Kernel/Search/Index.cs", "namespace Crm.Kernel;\n\ninternal sealed class Index;")]
    [InlineData("src/Crm.Kernel/Index.cs", "namespace Crm.Kernel.Search;\n\ninternal sealed class Index;")]
    [InlineData("src/Crm.Kernel/Index.cs", "internal sealed class Index;")]
    [InlineData("src/Loose.cs", "namespace Crm.Kernel;")]
    public void A_namespace_that_is_not_its_folder_is_refused(string path, string text) =>
        Assert.Single(Namespaces.Check(new SourceFile(path, text), _projects));

    [Theory]
    [InlineData("src/Crm.Kernel/Search/Index.cs", "namespace Crm.Kernel.Search;\n\ninternal sealed class Index;")]
    [InlineData("src/Crm.Kernel/Program.cs", "await RunAsync();")]
    public void The_folders_own_namespace_passes(string path, string text) => Assert.Empty(Namespaces.Check(new SourceFile(path, text), _projects));
}
