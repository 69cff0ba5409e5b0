using Crm.Architecture.Tests.Reading;

namespace Crm.Architecture.Tests.Texts;

public sealed class LengthsTests
{
    [Fact]
    public void No_file_is_longer_than_400_lines() => SourceTree.Obeys(SourceTree.Ending(".cs", ".cshtml", ".js", ".css", ".csproj").SelectMany(Lengths.Check));

    [Fact]
    public void A_longer_file_is_refused()
    {
        Assert.Empty(Lengths.Check(new SourceFile("a.cs", Lines(400))));
        Assert.Single(Lengths.Check(new SourceFile("a.cs", Lines(401))));
    }

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("x\n", count));
}
