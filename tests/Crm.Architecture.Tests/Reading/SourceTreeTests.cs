namespace Crm.Architecture.Tests.Reading;

public sealed class SourceTreeTests
{
    [Theory]
    [InlineData("Crm.Host/Crm.Host.csproj")]
    [InlineData("src/Crm.Build/Program.cs")]
    [InlineData("modules/Crm.Notes/Crm.Notes.csproj")]
    [InlineData("themes/Crm.Theme.Tabler/Crm.Theme.Tabler.csproj")]
    [InlineData("tests/Crm.Architecture.Tests/Reading/SourceTreeTests.cs")]
    public void Every_room_is_looked_into(string path) => Assert.Contains(SourceTree.Files, file => file.Path == path);

    [Fact]
    public void What_the_build_made_is_not_ours() =>
        Assert.DoesNotContain(SourceTree.Files, file => file.Path.Contains("/obj/", StringComparison.Ordinal) || file.Path.Contains("/bin/", StringComparison.Ordinal));
}
